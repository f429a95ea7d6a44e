"use strict";
(() => {
  const here = document.currentScript.src;
  const contents = document.getElementById("contents");
  const current = contents.querySelector("[aria-current]");
  if (current) contents.scrollTop = current.offsetTop - contents.clientHeight / 4;

  const form = document.querySelector("[role=search]");
  const input = form.querySelector("input");
  const results = form.querySelector(".results");
  const status = results.querySelector("p");
  const list = results.querySelector("ol");
  form.hidden = false;

  // The index is a script: a page that is opened from a file may not fetch.
  let loading;
  const load = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("search-index.js", here);
    script.onload = () => resolve(searchIndex.map(([url, page, heading, text]) => ({
      url, page, heading, text,
      inPage: page.toLowerCase(), inHeading: heading.toLowerCase(), inText: text.toLowerCase()
    })));
    script.onerror = () => reject(new Error("search-index.js is missing"));
    document.head.append(script);
  });

  // Each word has to be there; one in a heading counts more than one in the text.
  const score = (section, words) => {
    let sum = 0;
    for (const word of words) {
      const at = section.inHeading.indexOf(word);
      const hits = Math.min(section.inText.split(word).length - 1, 5);
      const inPage = section.inPage.includes(word);
      if (at < 0 && !hits && !inPage) return 0;
      if (at >= 0) sum += at === 0 || /\W/.test(section.inHeading[at - 1]) ? 30 : 15;
      sum += hits + (inPage ? 6 : 0);
    }
    return section.inHeading === words.join(" ") ? sum + 50 : sum;
  };

  const excerpt = (section, words) => {
    const paragraph = document.createElement("p");
    const first = Math.min(...words.map(word => section.inText.indexOf(word)).filter(at => at >= 0), section.text.length);
    const start = first === section.text.length ? 0 : Math.max(0, section.text.lastIndexOf(" ", first - 40) + 1);
    let at = start;
    const cut = section.text.indexOf(" ", start + 150);
    const end = cut < 0 ? section.text.length : cut;
    if (start > 0) paragraph.append("… ");
    while (at < end) {
      const next = words.map(word => [section.inText.indexOf(word, at), word.length])
        .filter(([from]) => from >= 0 && from < end)
        .sort((a, b) => a[0] - b[0])[0];
      const [from, length] = next || [end, 0];
      paragraph.append(section.text.slice(at, from));
      if (length) {
        const mark = document.createElement("mark");
        mark.textContent = section.text.slice(from, from + length);
        paragraph.append(mark);
      }
      at = from + length;
    }
    if (cut >= 0) paragraph.append(" …");
    return paragraph;
  };

  const result = (section, words) => {
    const link = document.createElement("a");
    link.href = new URL(section.url, here);
    const heading = document.createElement("b");
    heading.textContent = section.heading;
    const page = document.createElement("span");
    page.textContent = section.page === section.heading ? "" : section.page;
    link.append(heading, " ", page, excerpt(section, words));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const search = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.hidden = words.length === 0;
    if (results.hidden) return;
    const asked = input.value;
    let sections;
    try {
      sections = await load();
    } catch (missing) {
      status.textContent = missing.message;
      return;
    }
    if (asked !== input.value) return;
    const found = sections.map(section => [score(section, words), section])
      .filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0]);
    status.textContent = found.length === 0 ? "Nothing found" : found.length === 1 ? "1 section" : found.length + " sections";
    list.replaceChildren(...found.slice(0, 20).map(([, section]) => result(section, words)));
  };

  const close = () => { results.hidden = true; };

  input.addEventListener("input", search);
  input.addEventListener("focus", () => { load().catch(() => {}); search(); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", event => {
    const links = [...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !results.hidden) {
      event.preventDefault();
      (links[links.indexOf(document.activeElement) + step] || input).focus();
    } else if (event.key === "Escape") {
      input.focus();
      close();
    }
  });
  list.addEventListener("click", close);
  document.addEventListener("pointerdown", event => { if (!form.contains(event.target)) close(); });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target === input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    search();
  }
})();
