"use strict";
const FAILING = new Set(["fail", "unexpected-pass", "crash", "timeout", "harness-error"]);
const data = JSON.parse(document.getElementById("data").textContent);
const list = document.getElementById("cases");
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const many = data.names.length > 1;

/* Every text becomes a text node; nothing here parses markup. */
function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

function row(entry) {
  const marks = entry.results.map((r) => {
    const chip = el("span", `chip v-${r.verdict}`, r.label);
    if (many) chip.prepend(`${short(r.run)}: `);
    return chip;
  });
  const id = el("span", "id", entry.id, el("span", "level", entry.level));
  const details = el("details", "", el("summary", "", id, el("span", "marks", ...marks), el("span", "comment", entry.comment)));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(body(entry));
  });
  entry.node = el("li", "", details);
  entry.text = [entry.id, entry.comment, entry.expect, ...entry.flags, ...entry.rules, ...entry.results.map((r) => r.what)]
    .join("\n").toLowerCase();
  return entry.node;
}

const short = (run) => (data.names[run].length > 24 ? data.names[run].slice(0, 23) + "…" : data.names[run]);

/* Made when a case is opened for the first time. */
function body(entry) {
  const facts = el("dl");
  const fact = (name, ...values) => values.length && facts.append(el("dt", "", name), el("dd", "", ...values));
  fact("about", `${entry.op}; addressed to ${entry.about === "receiver" ? "receivers" : "whoever writes a document"}`);
  if (entry.flags.length) fact("flags", entry.flags.join(", "));
  for (const id of entry.rules) fact("requirement", el("code", "", id), data.rules[id] ? el("div", "", data.rules[id]) : "");
  fact("expected", entry.expect);
  if (entry.because) fact("because", entry.because);
  if (entry.unconfirmed) fact("note", "no second implementation has given this answer yet");
  const node = el("div", "body", facts);
  if (entry.readings.length) {
    node.append(el("h3", "", "Contested: the documents leave this open"));
    node.append(el("ol", "", ...entry.readings.map((r) => el("li", "", `${r.text} (${r.verdict})`))));
  }
  for (const result of entry.results) node.append(answer(result));
  if (entry.octets) node.append(el("h3", "", "Input"), hexRows(entry.octets));
  if (entry.input) node.append(block(entry.octets ? "Further input" : "Input", entry.input));
  for (const step of entry.steps) {
    node.append(el("h3", "", step.name), el("p", "", step.comment || ""));
    if (step.input) node.append(block("Input", step.input));
    node.append(el("p", "", `Expected: ${step.expect}`));
    if (step.out) node.append(block("Output", step.out));
  }
  if (entry.out) node.append(block("Expected output", entry.out));
  return node;
}

function answer(result) {
  const node = el("div", `result v-${result.verdict}`, el("h3", "", `${data.names[result.run]}: ${result.label}`));
  const facts = el("dl");
  const fact = (name, value) => value && facts.append(el("dt", "", name), el("dd", "", value));
  fact("answered", `${result.answer}, after ${result.time}`);
  fact("difference", result.what);
  fact("expectation", result.because);
  node.append(facts);
  if (result.out) node.append(folded("output", result.out));
  if (result.stderr) node.append(folded("stderr", result.stderr));
  return node;
}

const block = (title, text) => {
  const pre = el("pre", "wrap", text);
  pre.tabIndex = 0;
  return el("section", "", el("h3", "", title), pre);
};
const folded = (title, text) => el("details", "", el("summary", "", title), el("pre", "wrap", text));

/* Rows of 16 octets: offset, hex, ASCII; the octet at the expected offset is marked. */
function hexRows({ hex, from, total, mark }) {
  const pre = el("pre", "", from > 0 ? `… ${from} octets before\n` : "");
  pre.tabIndex = 0;
  const octets = hex.match(/../g) || [];
  const digits = Math.max(4, String(total).length);
  const line = (start) => {
    const here = octets.slice(start, start + 16);
    const at = mark === null ? -1 : mark - from - start;
    pre.append(el("span", "dim", String(from + start).padStart(digits) + "  "));
    for (let i = 0; i < 16; i += 1) {
      if (i === at) pre.append(el("mark", "", here[i] || "··"), " ");
      else pre.append((here[i] || "  ") + " ");
    }
    const text = here.map((o) => String.fromCharCode(parseInt(o, 16))).map((c) => (c >= " " && c <= "~" ? c : ".")).join("");
    pre.append(" ", el("span", "dim", text), "\n");
  };
  for (let start = 0; start < octets.length || (start === 0 && mark === 0); start += 16) line(start);
  const end = from + octets.length;
  if (mark === total && total > 0 && octets.length % 16 === 0) line(octets.length);
  if (end < total) pre.append(`… ${total - end} octets after\n`);
  const where = mark === null ? "" : mark === total ? "; octets are missing at the end" : `; the item at offset ${mark} breaks the rule`;
  pre.append(el("span", "dim", `${total} octets${where}`));
  return pre;
}

function filter() {
  const f = Object.fromEntries(new FormData(form));
  const words = f.search.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const entry of data.cases) {
    const visible = (!f.level || entry.level === f.level)
      && (!f.family || entry.family === f.family)
      && entry.results.some((r) => (f.run === "" || r.run === Number(f.run))
        && (!f.verdict || (f.verdict === "failing" ? FAILING.has(r.verdict) : r.verdict === f.verdict)))
      && words.every((word) => entry.text.includes(word));
    entry.node.hidden = !visible;
    if (visible) count += 1;
  }
  shown.textContent = `${count} of ${data.cases.length} cases shown${f.verdict === "failing" ? " (those that fail a run)" : ""}`;
}

list.append(...data.cases.map(row));
let due = 0;
form.addEventListener("input", () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(filter);
});
form.addEventListener("reset", () => setTimeout(filter));
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("button[data-verdict]")) {
  button.addEventListener("click", () => {
    form.reset();
    for (const name of ["run", "family", "verdict"]) form.elements[name].value = button.dataset[name];
    filter();
    form.scrollIntoView();
  });
}
/* Whoever opens a report wants the failures first; the count beside the list says that there is more. */
const failed = data.cases.some((entry) => entry.results.some((r) => FAILING.has(r.verdict)));
if (failed) form.elements.verdict.value = "failing";
filter();
