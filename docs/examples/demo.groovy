// Makes a job of each example, for ./dev run.
import com.cloudbees.hudson.plugins.folder.Folder
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def folder = Jenkins.get().getItem('examples') ?: Jenkins.get().createProject(Folder, 'examples')
folder.description = 'Start several builds of a job and look at its Concurrency page.'
new File(System.getenv('EXAMPLES')).listFiles().findAll { it.name.endsWith('.Jenkinsfile') }.each { file ->
    def name = file.name - '.Jenkinsfile'
    def job = folder.getItem(name) ?: folder.createProject(WorkflowJob, name)
    job.definition = new CpsFlowDefinition(file.text, true)
    job.save()
}
