(function () {
  "use strict";

  const PAUSE = 3000;
  const LONGEST_PAUSE = 15000;

  const live = document.querySelector("[data-concurrency-content]");
  const status = document.querySelector(".concurrency-status");
  const announcement = document.getElementById("concurrency-announcement");
  if (!live) {
    return;
  }

  let tag = null;
  let pause = PAUSE;
  let timer = null;
  let asking = false;

  // --- What has changed is put in place; all else stays as it is: focus, selection, scroll, open details.

  function keyOf(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id || null : null;
  }

  function isLike(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
  }

  function renewAttributes(old, fresh) {
    for (const attribute of Array.from(old.attributes)) {
      const mine = attribute.name === "open" || attribute.name === "disabled" || attribute.name.startsWith("data-tippy");
      if (!fresh.hasAttribute(attribute.name) && !mine) {
        old.removeAttribute(attribute.name);
      }
    }
    for (const attribute of Array.from(fresh.attributes)) {
      if (attribute.name !== "disabled" && old.getAttribute(attribute.name) !== attribute.value) {
        old.setAttribute(attribute.name, attribute.value);
      }
    }
  }

  function renew(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) {
        old.data = fresh.data;
      }
      return;
    }
    renewAttributes(old, fresh);
    // What the viewer has selected is not on the server, and the text that counts it neither.
    if (old.classList.contains("concurrency-selection")) {
      return;
    }
    renewChildren(old, fresh);
  }

  function renewChildren(old, fresh) {
    const keyed = new Map();
    for (const child of Array.from(old.childNodes)) {
      if (keyOf(child)) {
        keyed.set(keyOf(child), child);
      }
    }
    let at = old.firstChild;
    for (const child of Array.from(fresh.childNodes)) {
      const key = keyOf(child);
      const known = key ? keyed.get(key) : at && !keyOf(at) ? at : null;
      if (known && isLike(known, child)) {
        if (known === at) {
          at = at.nextSibling;
        } else {
          old.insertBefore(known, at);
        }
        renew(known, child);
      } else {
        old.insertBefore(child, at);
        if (child.nodeType === Node.ELEMENT_NODE) {
          Behaviour.applySubtree(child, true);
        }
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function show(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const focused = document.activeElement;
    renewChildren(live, template.content);
    // A row that was moved has lost it.
    if (focused && focused !== document.activeElement && live.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    countSelected();
  }

  // --- Asking again and again, while somebody looks.

  function contentUrl() {
    return new URL(live.dataset.concurrencyContent + window.location.search, document.baseURI);
  }

  function say(text, withReload) {
    if (!text) {
      status.hidden = true;
      status.replaceChildren();
      return;
    }
    if (!status.hidden && status.dataset.said === text) {
      return;
    }
    status.dataset.said = text;
    status.replaceChildren(text + " ");
    if (withReload) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "jenkins-button";
      button.textContent = status.dataset.reload;
      button.addEventListener("click", () => window.location.reload());
      status.append(button);
    }
    status.hidden = false;
  }

  function take(response) {
    if (response.status === 304) {
      pause = Math.min(LONGEST_PAUSE, pause * 1.2);
      say(null);
      return null;
    }
    if (response.ok) {
      tag = response.headers.get("ETag");
      pause = PAUSE;
      return response.text().then((html) => {
        show(html);
        say(null);
      });
    }
    const signedOut = response.type === "opaqueredirect" || [401, 403, 404].includes(response.status);
    say(signedOut ? status.dataset.signedOut : status.dataset.failed, true);
    return null;
  }

  function ask() {
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    clearTimeout(timer);
    const headers = tag ? { "If-None-Match": tag } : {};
    fetch(contentUrl(), { headers: headers, cache: "no-store", redirect: "manual" })
      .then(take)
      .catch(() => say(status.dataset.unreachable, false))
      .then(() => {
        asking = false;
        timer = setTimeout(ask, pause);
      });
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      clearTimeout(timer);
    } else {
      pause = PAUSE;
      ask();
    }
  });

  // --- Selection.

  function selected(table) {
    return Array.from(table.querySelectorAll(".concurrency-select:checked")).map((box) => box.value);
  }

  function countSelected() {
    document.querySelectorAll(".concurrency-selection").forEach((bar) => {
      const count = selected(bar.parentElement).length;
      const text = bar.querySelector(".concurrency-selection__count");
      text.textContent = count === 0 ? text.dataset.none : text.dataset.text.replace("#", count);
      bar.querySelectorAll("[data-selected]").forEach((button) => {
        button.disabled = count === 0;
      });
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.classList.contains("concurrency-select")) {
      countSelected();
    }
  });

  // --- Actions.

  function field(button, name) {
    const label = document.createElement("label");
    label.className = "concurrency-field";
    const input = document.createElement("input");
    input.className = "jenkins-input";
    input.name = name;
    if (name !== "reason") {
      input.type = "number";
      input.min = "1";
      input.step = "1";
      input.value = button.dataset[`value${name[0].toUpperCase()}${name.slice(1)}`] || "";
    } else {
      input.maxLength = 500;
    }
    label.append(button.dataset[`label${name[0].toUpperCase()}${name.slice(1)}`], input);
    return label;
  }

  function question(button) {
    const answers = new URLSearchParams();
    if (!button.dataset.confirm) {
      return Promise.resolve(answers);
    }
    const title = button.dataset.confirm;
    const options = {
      message: button.dataset.message,
      okText: button.textContent.trim() || status.dataset.ok,
      type: button.dataset.destructive ? "destructive" : "default",
    };
    if (!button.dataset.fields) {
      return dialog.confirm(title, options).then(() => answers);
    }
    const form = document.createElement("form");
    const message = document.createElement("p");
    message.textContent = options.message;
    form.append(message);
    button.dataset.fields.split(",").forEach((name) => form.append(field(button, name)));
    form.addEventListener("submit", (event) => event.preventDefault());
    options.title = title;
    options.submitButton = false;
    options.minWidth = "min(90vw, 450px)";
    return dialog.form(form, options).then((given) => {
      given.forEach((value, name) => {
        if (value) {
          answers.set(name, value);
        }
      });
      return answers;
    });
  }

  function post(button, parameters) {
    const around = button.closest("[data-concurrency-act]");
    parameters.set("action", button.dataset.concurrencyAction);
    const keys = button.dataset.selected ? selected(around) : button.dataset.request ? [button.dataset.request] : [];
    keys.forEach((key) => parameters.append("key", key));
    return fetch(around.dataset.concurrencyAct, {
      method: "POST",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: parameters,
    })
      .then((response) => {
        if (response.ok) {
          announcement.textContent = announcement.dataset.done;
          notificationBar.hide();
          return null;
        }
        const plain = (response.headers.get("Content-Type") || "").startsWith("text/plain");
        return (plain ? response.text() : Promise.resolve(status.dataset.refused)).then((text) =>
          notificationBar.show(text, notificationBar.ERROR),
        );
      })
      .catch(() => notificationBar.show(status.dataset.unreachable, notificationBar.ERROR))
      .then(() => {
        pause = PAUSE;
        ask();
      });
  }

  function act(button) {
    question(button).then(
      (parameters) => post(button, parameters),
      // The viewer thought better of it.
      () => {},
    );
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-concurrency-action]");
    if (button && !button.disabled) {
      act(button);
    }
  });

  timer = setTimeout(ask, PAUSE);
})();
