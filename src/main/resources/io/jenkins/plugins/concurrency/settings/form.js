// Heads each declared group by its name, as it is typed. Core heads all rows of a list by one text.
Behaviour.specify(".repeated-chunk[name='groups']", "concurrency-group-header", 0, (chunk) => {
  // Who only reads the form has no fields in it; the name comes first.
  const name = chunk.querySelector("input[name='_.name'], .jenkins-readonly");
  const text = chunk.querySelector(".repeated-chunk__header").lastChild;
  if (name === null || text === null || text.nodeType !== Node.TEXT_NODE) {
    return;
  }
  const usual = text.textContent;
  const show = () => {
    text.textContent = (name.value ?? name.textContent).trim() || usual;
  };
  name.addEventListener("input", show);
  show();
});

// Saves as Apply does: what was entered stays, whether it was taken or refused.
Behaviour.specify("form[name='config']", "concurrency-save", 0, (form) => {
  const apply = form.querySelector(".apply-button");
  if (apply === null) {
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    apply.click();
  }, true);
});
