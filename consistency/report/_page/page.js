"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all(".item");
  const cards = new Map(all(".finding").map((card) => [card.dataset.f, card]));
  const marks = new Map();
  for (const mark of all("mark[data-f]")) {
    for (const name of mark.dataset.f.split(" ")) marks.set(name, [...(marks.get(name) || []), mark]);
  }
  const sections = all(".comparison, .loose");
  const home = (card) => card.closest(".comparison, .loose");
  const sectionName = (section) => (section.matches(".loose") ? section.closest(".chapter").id : section.id);

  // What the browser keeps. It may refuse: then everything lasts as long as the page, and the page says so.
  const store = {
    works: true,
    read(key, otherwise) {
      try {
        const kept = JSON.parse(localStorage.getItem("consistency:" + key));
        return kept === null ? otherwise : kept;
      } catch (fault) {
        if (!(fault instanceof SyntaxError)) this.works = false;
        return otherwise;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem("consistency:" + key, JSON.stringify(value));
      } catch {
        this.works = false;
      }
    },
  };
  const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  let decisions = new Map(Object.entries(record(store.read("decisions", {}))));
  const decided = (key) => record(decisions.get(key));
  const say = (words) => { $("told").textContent = words; };

  // Which version is shown.
  let shown = "";
  function show(name) {
    if (!sections.length) return;
    const known = sections.some((section) => sectionName(section) === name);
    shown = known ? name : sectionName(sections[0]);
    for (const section of sections) section.classList.toggle("away", sectionName(section) !== shown);
    for (const chapter of all(".chapter")) {
      chapter.classList.toggle("away", !all(".comparison, .loose", chapter).some((one) => !one.classList.contains("away")));
    }
    $("pick").value = shown;
    seen();
  }
  function step(by) {
    const names = [...new Set(sections.map(sectionName))];
    const at = names.indexOf(shown) + by;
    if (at < 0 || at >= names.length) return;
    show(names[at]);
    const section = sections.find((one) => sectionName(one) === shown);
    section.scrollIntoView();
    say("Showing " + $("pick").selectedOptions[0].textContent);
  }

  // Which finding is chosen.
  let chosen = null;
  const visible = () => items.filter((item) => !item.hidden);
  function choose(item, { jump = true, focus = false } = {}) {
    if (chosen) {
      chosen.classList.remove("on");
      chosen.querySelector("a").removeAttribute("aria-current");
      for (const one of all(".finding.on, mark.on")) one.classList.remove("on");
    }
    chosen = item;
    place();
    if (!item) return;
    item.classList.add("on");
    item.querySelector("a").setAttribute("aria-current", "true");
    item.scrollIntoView({ block: "nearest" });
    const card = cards.get(item.dataset.f);
    card.classList.add("on");
    const section = home(card);
    for (const mark of marks.get(item.dataset.f) || []) mark.classList.add("on");
    if (!jump) return;
    if (sectionName(section) !== shown) show(sectionName(section));
    const row = card.closest(".row");
    (row && row.offsetHeight < innerHeight * 0.6 ? row : card).scrollIntoView({ block: row ? "center" : "nearest" });
    if (focus) card.focus({ preventScroll: true });
  }
  function move(by) {
    const now = visible();
    if (!now.length) return;
    const at = now.indexOf(chosen);
    const next = at < 0 ? (by > 0 ? 0 : now.length - 1) : Math.min(now.length - 1, Math.max(0, at + by));
    choose(now[next]);
    say(`Finding ${next + 1} of ${now.length}: ${now[next].querySelector(".what").textContent.trim()}. ${now[next].querySelector(".said").textContent}`);
  }
  function place() {
    const now = visible();
    const at = now.indexOf(chosen);
    $("position").textContent = now.length ? `${at < 0 ? "–" : at + 1} of ${now.length}` : "none";
    $("previous").disabled = !now.length || at === 0;
    $("next").disabled = !now.length || at === now.length - 1;
  }

  // Filters.
  const words = new Map();
  function wordsOf(item) {
    if (!words.has(item)) {
      const row = cards.get(item.dataset.f).closest(".row");
      const texts = row ? all(".cell", row).map((cell) => cell.textContent) : [];
      words.set(item, [item.textContent, cards.get(item.dataset.f).querySelector(".message").textContent, ...texts].join(" ").toLowerCase());
    }
    return words.get(item);
  }
  let ordered = "";
  const chosenIn = (id) => ($(id) ? $(id).value : "");
  function holds(item, state) {
    if (!state) return true;
    if (state === "known") return item.dataset.known === "known";
    const now = decided(item.dataset.key).state || "open";
    return state === now && (state !== "open" || item.dataset.known !== "known");
  }
  function filter() {
    const levels = new Set(all("#filters [name=level]:checked").map((box) => box.value));
    const [check, version, state] = ["by-check", "by-version", "by-state"].map(chosenIn);
    const asked = $("words").value.trim().toLowerCase();
    for (const item of items) {
      const { dataset } = item;
      item.hidden = !(
        levels.has(dataset.level) &&
        (!check || dataset.check === check) &&
        (!version || dataset.version === version) &&
        holds(item, state) &&
        (!asked || wordsOf(item).includes(asked))
      );
    }
    if (version && version !== shown) show(version);
    const order = chosenIn("order");
    if (order !== ordered) {
      ordered = order;
      items.sort((one, other) => (order ? one.dataset.rank - other.dataset.rank : one.dataset.f - other.dataset.f));
      $("list").append(...items);
    }
    tally();
    place();
  }
  function tally() {
    const done = items.filter((item) => decided(item.dataset.key).state).length;
    $("status").textContent = `${visible().length} of ${items.length} shown, ${done} decided`;
  }

  // Decisions, by fingerprint: the same finding in two reports is decided once.
  function decide(key, change) {
    const next = { ...decided(key), ...change };
    if (next.state || next.comment) decisions.set(key, next);
    else decisions.delete(key);
    store.write("decisions", Object.fromEntries(decisions));
    for (const item of items) if (item.dataset.key === key) paint(item);
    tally();
    warn();
  }
  const TAGS = { accepted: "accepted", dismissed: "dismissed" };
  function paint(item) {
    const { state, comment } = decided(item.dataset.key);
    const card = cards.get(item.dataset.f);
    for (const button of all(".decide [aria-pressed]", card)) {
      button.setAttribute("aria-pressed", String(button.dataset.act === state));
    }
    item.classList.toggle("done", Boolean(state));
    for (const tags of [item.querySelector(".tags")]) {
      for (const old of all(".mine", tags)) old.remove();
      for (const name of [TAGS[state], comment && !state ? "comment" : ""]) {
        if (!name) continue;
        const tag = document.createElement("span");
        tag.className = "tag mine";
        tag.textContent = name;
        tags.append(tag);
      }
    }
    const field = card.querySelector(".comment textarea");
    if (field && field !== document.activeElement) field.value = typeof comment === "string" ? comment : "";
    if (field && comment) unfold(card, true);
  }
  function unfold(card, open) {
    card.querySelector(".comment").hidden = !open;
    card.querySelector("[data-act=comment]").setAttribute("aria-expanded", String(open));
  }
  function act(card, name) {
    if (!card || !card.querySelector(".decide")) return;
    const key = card.dataset.key;
    if (name === "comment") {
      const field = card.querySelector(".comment");
      unfold(card, field.hidden || document.activeElement !== field.querySelector("textarea"));
      if (!field.hidden) field.querySelector("textarea").focus();
      return;
    }
    const state = decided(key).state === name ? undefined : name;
    decide(key, { state });
    if (state === "dismissed") unfold(card, true);
    say(state ? `Finding ${state}` : "Decision taken back");
  }
  function warn() {
    if (store.works || $("unkept")) return;
    const note = document.createElement("p");
    note.id = "unkept";
    note.className = "status";
    note.textContent = "This browser keeps nothing: export before you close the page.";
    $("filters").append(note);
  }

  // The waiver file.
  const quoted = (text) =>
    '"' + text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/["\\\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (one) =>
        one === '"' || one === "\\" ? "\\" + one : "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0")) + '"';
  const remark = (text) => "# " + quoted(text).slice(1, -1);
  function waivers() {
    const author = $("author").value.trim();
    const expires = $("expires").value;
    const lines = ["# Decisions of a review in the HTML report of consistency."];
    const done = new Set();
    let bare = 0;
    for (const item of items) {
      const { key, check } = item.dataset;
      const { state, comment } = decided(key);
      if (!key || done.has(key) || !(state || comment)) continue;
      done.add(key);
      const reason = typeof comment === "string" ? comment.trim() : "";
      if (state !== "dismissed") {
        lines.push("", remark(`${state || "commented"}: ${key} ${check}${reason ? ": " + reason : ""}`));
        continue;
      }
      if (!reason) bare += 1;
      lines.push("", "[[waiver]]", `fingerprint = ${quoted(key)}`, `check = ${quoted(check)}`);
      lines.push(`reason = ${quoted(reason || "dismissed in review, no reason given")}`);
      if (author) lines.push(`author = ${quoted(author)}`);
      if (expires) lines.push(`expires = ${quoted(expires)}`);
    }
    const dismissed = lines.filter((line) => line === "[[waiver]]").length;
    return { text: lines.join("\n") + "\n", dismissed, others: done.size - dismissed, bare };
  }
  function fill() {
    const { text, dismissed, others, bare } = waivers();
    $("waivers").value = text;
    $("export-note").textContent =
      `${dismissed} dismissed, ${others} accepted or commented.` + (bare ? ` ${bare} without a reason.` : "");
  }
  function exporting() {
    fill();
    $("export-dialog").showModal();
  }
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([waivers().text], { type: "application/toml" }));
    link.download = "waivers.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  async function copy() {
    $("waivers").select();
    try {
      await navigator.clipboard.writeText($("waivers").value);
      $("copy").textContent = "Copied";
    } catch {
      $("copy").textContent = "Selected: copy it yourself";
    }
  }

  // Appearance.
  const THEMES = ["system", "light", "dark"];
  function theme(name) {
    const now = THEMES.includes(name) ? name : "system";
    if (now === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = now;
    $("theme").textContent = "Theme: " + now;
    return now;
  }
  let look = theme(store.read("theme", "system"));
  function turn() {
    look = theme(THEMES[(THEMES.indexOf(look) + 1) % THEMES.length]);
    store.write("theme", look);
  }

  // The strip: what is on the screen, and a way to any place.
  let waiting = false;
  function seen() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const section = sections.find((one) => !one.classList.contains("away"));
      const box = section && section.querySelector(".strip .seen");
      if (!box) return;
      const rows = section.querySelector(".rows").getBoundingClientRect();
      const from = Math.max(0, Math.min(1, -rows.top / rows.height));
      const to = Math.max(0, Math.min(1, (innerHeight - rows.top) / rows.height));
      box.setAttribute("x", String(from * 1000));
      box.setAttribute("width", String((to - from) * 1000));
    });
  }
  function along(event) {
    const hit = event.target.closest("[data-f]");
    if (hit) return choose(items.find((item) => item.dataset.f === hit.dataset.f));
    const drawing = event.target.closest(".strip");
    const frame = drawing.getBoundingClientRect();
    const at = ((event.clientX - frame.left) / frame.width) * 1000;
    const bars = all("[data-r]", drawing);
    const near = bars.findLast((bar) => Number(bar.getAttribute("x")) <= at) || bars[0];
    const row = near && $(drawing.dataset.c + "r" + near.dataset.r);
    if (row) row.scrollIntoView({ block: "center" });
  }

  // Keys, never while typing.
  const single = () => $("single").checked;
  const KEYS = {
    j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1),
    "[": () => step(-1), "]": () => step(1),
    a: () => act(chosen && cards.get(chosen.dataset.f), "accepted"),
    d: () => act(chosen && cards.get(chosen.dataset.f), "dismissed"),
    c: () => act(chosen && cards.get(chosen.dataset.f), "comment"),
    "/": () => $("words") && $("words").focus(),
    t: turn, e: exporting, "?": () => $("keys-dialog").showModal(),
  };
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "Enter" && chosen && !event.target.closest("a, button, summary, label, input")) {
      event.preventDefault();
      choose(chosen, { focus: true });
    } else if (single() && Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  // Everything is served from here.
  const template = $("decision");
  for (const card of cards.values()) if (card.dataset.key) card.append(template.content.cloneNode(true));
  if (items.length) {
    $("filters").addEventListener("input", filter);
    $("filters").addEventListener("submit", (event) => event.preventDefault());
  }
  document.addEventListener("click", (event) => {
    const { target } = event;
    const button = target.closest(".decide [data-act]");
    if (button) {
      const card = button.closest(".finding");
      choose(items.find((item) => item.dataset.f === card.dataset.f), { jump: false });
      return act(card, button.dataset.act);
    }
    if (target.closest("[data-close]")) return target.closest("dialog").close();
    const item = target.closest(".item");
    if (item) {
      event.preventDefault();
      return choose(item, { focus: true });
    }
    const mark = target.closest("mark[data-f]");
    if (mark) return choose(items.find((one) => one.dataset.f === mark.dataset.f.split(" ")[0]));
    if (target.closest(".strip")) return along(event);
    const link = target.closest("a[href^='#']");
    const name = link && link.getAttribute("href").slice(1);
    if (name && sections.some((section) => sectionName(section) === name)) show(name);
  });
  document.addEventListener("input", (event) => {
    const card = event.target.closest(".comment") && event.target.closest(".finding");
    if (card) decide(card.dataset.key, { comment: event.target.value });
  });
  $("pick").addEventListener("change", () => show($("pick").value));
  $("kept").addEventListener("change", () => {
    for (const rows of all(".rows")) rows.className = ("rows " + $("kept").value).trim();
    seen();
  });
  $("previous").addEventListener("click", () => move(-1));
  $("next").addEventListener("click", () => move(1));
  $("export").addEventListener("click", exporting);
  $("theme").addEventListener("click", turn);
  $("keys").addEventListener("click", () => $("keys-dialog").showModal());
  $("save").addEventListener("click", save);
  $("copy").addEventListener("click", copy);
  $("single").checked = store.read("single", true) !== false;
  $("single").addEventListener("change", () => store.write("single", single()));
  for (const [id, kept] of [["author", "author"], ["expires", ""]]) {
    if (kept) $(id).value = String(store.read(kept, ""));
    $(id).addEventListener("input", () => {
      if (kept) store.write(kept, $(id).value);
      fill();
    });
  }
  addEventListener("scroll", seen, { passive: true });
  addEventListener("resize", seen, { passive: true });
  addEventListener("storage", (event) => {
    if (event.key !== "consistency:decisions") return;
    decisions = new Map(Object.entries(record(store.read("decisions", {}))));
    items.forEach(paint);
    tally();
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])", document.querySelector("main"));
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  for (const part of all(".needs-script")) part.hidden = false;
  items.forEach(paint);
  if (items.length) tally();
  warn();
  place();
  const asked = location.hash.slice(1);
  const linked = items.find((item) => "f" + item.dataset.f === asked);
  if (sections.length) show(asked);
  if (linked) choose(linked);
})();
