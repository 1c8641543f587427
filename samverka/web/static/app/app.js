/* What script adds to pages that already work without it: keys, menus, passing words, and care for
   what someone has typed. No data is kept in the browser. */
(() => {
  "use strict";

  const root = document.documentElement;
  root.dataset.js = "";
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (selector, within = document) => within.querySelector(selector);

  /* ---- keys (can be turned off: WCAG 2.1.4) ---- */
  const typing = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"));
  const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);
  const currentRow = () => document.activeElement?.closest("[data-row]");

  function step(by) {
    const list = rows();
    if (!list.length) return one(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click(); // one thing at a time
    const at = list.indexOf(currentRow());
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    (one(".row-link", list[next]) ?? one("a, button", list[next]))?.focus();
  }

  function nextStep() {
    const button = one("[data-next]", currentRow() ?? document);
    if (!button) return;
    button.focus();
    button.click();
  }

  function search() {
    const field = one("[data-search]");
    if (field) field.focus();
    else one("a[href] [data-icon=search]")?.closest("a")?.click();
  }

  const open = (id) => {
    const box = document.getElementById(id);
    if (box && !box.open) box.showModal();
    return box;
  };

  const keys = {
    "/": search,
    j: () => step(1),
    k: () => step(-1),
    e: nextStep,
    "?": () => open("kortkommandon-ruta"),
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.altKey) {
      if (one("#kommandon-ruta")) {
        event.preventDefault();
        commands();
      }
      return;
    }
    if (event.key === "Escape") closeMenus();
    if (root.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || one("dialog[open]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* ---- Ctrl K: every link of the page's own navigation, by its words ---- */
  function commands() {
    const box = open("kommandon-ruta");
    const field = one("[data-command-field]", box);
    field.value = "";
    list("");
    field.focus();
  }

  function list(words) {
    const seen = new Set();
    const links = all(".site-nav a, .tabs a, .page-header a, a[data-command], .site-footer a").filter((link) => {
      const fits = link.textContent.toLowerCase().includes(words.toLowerCase());
      const fresh = !seen.has(link.href);
      seen.add(link.href);
      return fits && fresh;
    });
    one("[data-command-list]").replaceChildren(
      ...links.map((link) => {
        const item = document.createElement("li");
        const copy = document.createElement("a");
        copy.href = link.href;
        copy.textContent = link.textContent.trim();
        item.append(copy);
        return item;
      }),
    );
  }

  one("[data-command-field]")?.addEventListener("input", (event) => list(event.target.value));
  one("#kommandon-ruta form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    one("[data-command-list] a")?.click();
  });
  one("[data-shortcuts-help]")?.addEventListener("click", (event) => {
    if (open("kortkommandon-ruta")) event.preventDefault();
  });

  /* ---- menus ---- */
  function closeMenus(but = null) {
    for (const menu of all("details[data-menu][open]")) {
      if (menu === but) continue;
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) one("summary", menu).focus();
    }
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details[data-menu]")));

  /* ---- buttons that only script can serve ---- */
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-dismiss], [data-print]");
    if (!target) return;
    if ("print" in target.dataset) window.print();
    else {
      target.closest(".toast").remove();
      one("main")?.focus();
    }
  });

  /* Text to copy; where the browser lets no script copy, it is marked so that a key can. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    const said = one("[role=status]", button.parentElement);
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = said.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = said.dataset.selected;
    }
    setTimeout(() => (said.textContent = ""), 5000);
  });

  /* ---- what is folded on a phone is on the paper too, in browsers whose style sheets cannot say so ---- */
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details.fold:not([open])");
    for (const one of unfolded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of unfolded) one.open = false;
  });

  /* ---- focus goes to what went wrong, at load and after a swap ---- */
  const focusOn = (within) => one("[data-focus]", within)?.focus();
  focusOn(document);
  document.addEventListener("htmx:afterSettle", (event) => focusOn(event.detail.elt));

  /* ---- nothing typed is lost ---- */
  const before = new WeakMap();
  const state = (form) => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return JSON.stringify(Array.from(data, ([name, value]) => [name, value instanceof File ? value.name : value]));
  };
  const posts = (selector) => all(selector).filter((form) => form.method === "post");
  const isTouched = (form) => before.has(form) && before.get(form) !== state(form);
  const touched = () => posts("form[data-guard], form:has(textarea)").some(isTouched);
  const remember = () => posts("main form").forEach((form) => before.has(form) || before.set(form, state(form)));
  remember();
  document.addEventListener("htmx:afterSettle", remember);

  /* A form that saves by itself is saved when the server has answered, but for what was typed meanwhile. */
  const typed = (form) => JSON.stringify(Array.from(new FormData(form)).filter(([name]) => form.elements[name]?.type !== "hidden"));
  const saving = new WeakMap();
  document.addEventListener("htmx:beforeRequest", ({ target }) => target.matches?.("form[data-saves]") && saving.set(target, typed(target)));
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (saving.has(target) && detail.successful && saving.get(target) === typed(target)) setTimeout(() => before.set(target, state(target)), 100);
  });

  let leaving = false;
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && touched()) event.preventDefault();
  });

  function noContact() {
    const place = document.getElementById("meddelanden");
    const words = document.getElementById("utan-kontakt");
    if (!place || !words) return;
    all("[data-no-contact]", place).forEach((old) => old.remove());
    const toast = words.content.firstElementChild.cloneNode(true);
    toast.dataset.noContact = "";
    place.append(toast);
    toast.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (!navigator.onLine) {
      event.preventDefault();
      noContact();
      return;
    }
    if (form.dataset.sent !== undefined) {
      event.preventDefault(); // a second press of the same button
      return;
    }
    if (form.matches("[hx-post], [hx-get], [hx-put], [hx-delete]")) return;
    leaving = true;
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  /* ---- the session: asked two minutes before the end (WCAG 2.2.1); what is typed is kept ---- */
  const session = one("meta[name=session]");
  const WARNING = 120; // seconds
  let lastTouch = Date.now();
  let asking = 0;

  const secondsLeft = () =>
    fetch(session.dataset.address, { credentials: "same-origin" })
      .then((answer) => answer.json())
      .then((said) => said.left)
      .catch(() => null);

  function askIn(seconds) {
    clearTimeout(asking);
    asking = setTimeout(look, Math.max(seconds, 1) * 1000);
  }

  async function look() {
    const left = await secondsLeft();
    if (left === null) return askIn(20); // no contact now
    if (left <= 0) return closeUp();
    if (left > WARNING) return askIn(left - WARNING);
    if (Date.now() - lastTouch < WARNING * 1000) return goOn();
    open("snart-utloggad");
    askIn(Math.min(left + 1, 20)); // another tab may go on meanwhile
  }

  async function goOn() {
    const form = one("#snart-utloggad form");
    one("#snart-utloggad").close();
    const said = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" })
      .then((answer) => answer.json())
      .catch(() => null);
    askIn(said ? said.left - WARNING : 1);
  }

  /* The session is over. What was typed goes to its own address, where it is kept for its writer. */
  async function closeUp() {
    for (const form of posts("main form").filter(isTouched)) {
      const typed = new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => !(value instanceof File)));
      await fetch(form.action, { method: "POST", body: typed, redirect: "manual" }).catch(() => null);
    }
    leaving = true;
    location.replace(location.pathname + location.search);
  }

  if (session) {
    for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => (lastTouch = Date.now()), true);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
    one("#snart-utloggad").addEventListener("cancel", goOn);
    one("#snart-utloggad form").addEventListener("submit", (event) => {
      event.preventDefault();
      goOn();
    });
    askIn(Number(session.content) - WARNING - 60); // the server's own clock may be a minute ahead
  }

  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, noContact);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form && event.detail.successful) before.set(form, state(form));
  });
})();
