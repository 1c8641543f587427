/* Several write in one plan at once. Every text also has its own save button; this saves while one
   writes, shows what others write, and who writes where. The server joins the words of all. */
(() => {
  "use strict";

  const root = document.querySelector("[data-live]");
  if (!root) return;

  const SAVE_AFTER = 1500; // ms of rest
  const ASK_EVERY = 1500; // ms; another's change must be seen within two seconds
  const ASK_HIDDEN = 10000; // ms, when nobody looks
  const AGAIN = 3000; // ms after a failure
  const HERE_EVERY = 8000; // ms; one who is not heard of for fifteen seconds is gone

  const words = root.dataset;
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const texts = new Map();
  let stamp = words.stamp;
  let focused = "";

  /* ---- one text ---- */
  function bind(form) {
    const area = form.querySelector("textarea");
    const key = form.dataset.liveKey;
    if (!area || texts.has(key)) return;
    const one = {
      key,
      form,
      area,
      base: area.value,
      state: form.querySelector("[data-live-state]"),
      who: form.querySelector("[data-live-who]"),
      timer: 0,
      sending: false,
    };
    texts.set(key, one);
    form.querySelector("[data-live-button]").hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      save(one);
    });
    area.addEventListener("input", () => later(one, SAVE_AFTER));
    area.addEventListener("focus", () => here(key));
    area.addEventListener("blur", () => {
      save(one);
      here("");
    });
  }

  const dirty = (one) => one.area.value !== one.base;
  const later = (one, ms) => {
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save(one), ms);
  };

  function say(one, text) {
    if (one.state.textContent !== text) one.state.textContent = text;
  }

  async function save(one) {
    clearTimeout(one.timer);
    if (!dirty(one)) return;
    if (one.sending) return later(one, SAVE_AFTER);
    one.sending = true;
    say(one, words.saving);
    const sent = one.area.value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), key: one.key, base: one.base, text: sent });
    try {
      const answer = await fetch(one.form.action, {
        method: "POST",
        headers: { "X-Live": "1" },
        redirect: "manual",
        body,
      });
      if (answer.ok) took(one, sent, await answer.json());
      else await refused(one, answer);
    } catch {
      say(one, words.failed);
      later(one, AGAIN);
    }
    one.sending = false;
  }

  function took(one, sent, said) {
    if (one.area.value === sent) {
      put(one.area, said.text);
      one.base = one.area.value;
    } else {
      one.base = sent; // one has written on: the next save brings the others' words
      later(one, SAVE_AFTER);
    }
    say(one, `${words.saved} ${said.at}`);
    settled(one.form);
  }

  async function refused(one, answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return say(one, words.out);
    const said = await answer.json().catch(() => null);
    say(one, said?.message ?? words.failed);
    if (!said) later(one, AGAIN);
  }

  /* What is saved need not be asked about when one leaves the page. */
  const settled = (form) =>
    form.dispatchEvent(
      new CustomEvent("htmx:afterRequest", { bubbles: true, detail: { elt: form, successful: true } }),
    );

  /* A new text without moving the place where one writes. */
  function put(area, text) {
    const old = area.value;
    if (old === text) return;
    const at = area.selectionStart;
    const kept = old.slice(0, at);
    const place = text.startsWith(kept) ? at : Math.max(0, text.length - (old.length - at));
    area.value = text;
    if (document.activeElement === area) area.setSelectionRange(place, place);
  }

  /* ---- what others do ---- */
  async function ask() {
    let wait = document.hidden ? ASK_HIDDEN : ASK_EVERY;
    try {
      const answer = await fetch(words.state, { headers: { "If-None-Match": `"${stamp}"` }, redirect: "manual" });
      if (answer.status === 200) show(answer.headers.get("ETag"), await answer.json());
      else if (answer.status !== 304) wait = refusedAll(answer) ?? AGAIN;
    } catch {
      wait = AGAIN;
    }
    if (wait) setTimeout(ask, wait);
  }

  function refusedAll(answer) {
    if (answer.status >= 500) return AGAIN;
    for (const one of texts.values()) say(one, words.out);
    return 0;
  }

  function show(tag, said) {
    stamp = (tag ?? "").replace(/^W\//, "").replaceAll('"', "");
    rows(said.rows);
    for (const [key, text] of Object.entries(said.texts)) {
      const one = texts.get(key);
      if (!one || one.sending || dirty(one)) continue;
      put(one.area, text);
      one.base = one.area.value;
      settled(one.form);
    }
    people(said.presences);
    document.querySelector("[data-live-lacks]")?.replaceChildren(...parsed(said.lacks ?? "").childNodes);
    document.querySelector("[data-live-paper]")?.replaceChildren(...parsed(said.paper).childNodes);
  }

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  function rows(html) {
    if (!texts.size) return;
    const fresh = parsed(html);
    for (const list of document.querySelectorAll("[data-live-list]")) {
      const now = fresh.querySelector(`[data-live-list="${list.dataset.liveList}"]`);
      if (!now) continue;
      const there = new Set(Array.from(now.children, (row) => row.dataset.liveRow));
      for (const row of Array.from(list.children)) {
        const one = texts.get(row.dataset.liveRow);
        if (there.has(row.dataset.liveRow) || row.contains(document.activeElement) || (one && dirty(one))) continue;
        texts.delete(row.dataset.liveRow);
        row.remove();
      }
      for (const row of Array.from(now.children)) {
        if (texts.has(row.dataset.liveRow)) {
          facts(list, row);
          continue;
        }
        list.append(row);
        bind(row.querySelector("form"));
      }
    }
  }

  /* Who, when and how stands beside the text, and is changed on another page. */
  function facts(list, fresh) {
    const place = Array.from(list.children).find((row) => row.dataset.liveRow === fresh.dataset.liveRow);
    const [old, now] = [place, fresh].map((row) => row?.querySelector("[data-live-facts]"));
    if (old && now && old.innerHTML !== now.innerHTML && !old.contains(document.activeElement)) old.replaceWith(now);
  }

  function people(presences) {
    const names = document.querySelector("[data-live-names]");
    if (names) names.textContent = presences.map((one) => `, ${one.name}`).join("");
    for (const one of texts.values()) {
      const writers = presences.filter((who) => who.key === one.key).map((who) => who.name);
      one.who.textContent = writers.length ? `${writers.join(", ")} ${words.writes}` : "";
    }
  }

  /* ---- where one writes oneself ---- */
  function here(key) {
    focused = key;
    if (!words.presence) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), key });
    fetch(words.presence, { method: "POST", body, redirect: "manual" }).catch(() => null);
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || !texts.size) return;
    event.preventDefault();
    texts.forEach(save);
  });

  document.querySelectorAll("form[data-live-key]").forEach(bind);
  if (words.presence) {
    here("");
    setInterval(() => document.hidden || here(focused), HERE_EVERY);
  }
  setTimeout(ask, ASK_EVERY);
})();
