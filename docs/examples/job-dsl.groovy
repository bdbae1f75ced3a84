// A job whose builds run one at a time, the newest first in line; and a Pipeline with a limit for whole builds.

job('nightly') {
    properties {
        concurrencyLimit {
            limit(1)
            behavior('QUEUE_LATEST')
        }
    }
}

pipelineJob('deploy') {
    properties {
        concurrencyLimit {
            group('production')
            limit(2)
            waitTimeout(30)
        }
    }
    definition {
        cps {
            script('''
                concurrency(group: 'database') {
                    echo 'migrating'
                }
            '''.stripIndent())
            sandbox(true)
        }
    }
}
