// The site's own script: widgets come alive as they near the screen, and the browser remembers
// what the reader did. Without storage (a private window, say) all works but the remembering.
(() => {
  const folder = new URL("widgets/", document.currentScript.src);
  const NEAR = "900px"; // how far from the screen a widget is made
  // What is remembered of each kind of widget.
  const KEPT = {
    quiz: ["answers"],
    draw_curve: ["drawn", "revealed"],
    draw_map: ["sketch", "revealed"],
    convolution_stepper: ["solved", "given", "filled"],
  };

  const store = {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(`cnnedu:${key}`));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(`cnnedu:${key}`, JSON.stringify(value));
      } catch {
        // nothing is remembered
      }
    },
    clear(beginning) {
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(`cnnedu:${beginning}`)) localStorage.removeItem(key);
        }
      } catch {
        // nothing was remembered
      }
    },
  };

  // Scripts run in the order in which they are asked for; each is loaded once.
  const scripts = new Map();
  function load(url) {
    if (!scripts.has(url)) {
      const script = Object.assign(document.createElement("script"), { src: url, async: false });
      scripts.set(url, new Promise((done, fail) => {
        script.addEventListener("load", done);
        script.addEventListener("error", () => fail(new Error(`${url} is missing`)));
      }));
      document.head.append(script);
    }
    return scripts.get(url);
  }

  // The widgets' style sheet is for pages that show one.
  let styled = null;
  function loadStyles() {
    styled ??= new Promise((done) => {
      const href = new URL("widgets.css", folder).href;
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      for (const event of ["load", "error"]) link.addEventListener(event, done);
      document.head.prepend(link);
    });
    return styled;
  }

  async function stateOf(place) {
    const { state, file } = place.dataset;
    if (!state) return JSON.parse(place.querySelector("script").textContent);
    await load(new URL(file, document.baseURI).href);
    return structuredClone(cnnedu.states[state]);
  }

  async function bringToLife(place) {
    if (place.dataset.alive) return;
    place.dataset.alive = "soon";
    const { widget, needs, key } = place.dataset;
    const loaded = needs.split(" ").map((name) => load(new URL(`${name}.js`, folder).href));
    const state = await stateOf(place);
    await Promise.all([loadStyles(), ...loaded]);
    const kept = store.get(key) ?? {};
    for (const trait of KEPT[widget] ?? []) if (trait in kept) state[trait] = kept[trait];
    const model = cnnedu.show(place, widget, state);
    model.on("saved", () => remember(widget, key, model));
    place.dataset.alive = "yes";
  }

  function remember(widget, key, model) {
    const traits = KEPT[widget] ?? [];
    if (!traits.length) return;
    store.set(key, Object.fromEntries(traits.map((trait) => [trait, model.get(trait)])));
    if (widget === "quiz") note();
  }

  const places = [...document.querySelectorAll(".cnnedu-place")];
  const nearing = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearing.unobserve(target);
        bringToLife(target);
      }
    },
    { rootMargin: NEAR },
  );
  for (const place of places) nearing.observe(place);
  addEventListener("beforeprint", () => places.forEach(bringToLife));

  // Progress: of each lesson how many of its questions are answered, and whether its end was seen.
  const bar = document.querySelector("[data-lesson]");
  const lesson = bar?.dataset.lesson;

  function note(seen = {}) {
    if (!lesson) return;
    const quizzes = places.filter((place) => place.dataset.widget === "quiz");
    const answers = quizzes.flatMap((place) => store.get(place.dataset.key)?.answers ?? []);
    const answered = answers.filter((answer) => answer !== null).length;
    const of = Number(bar.dataset.questions);
    store.set(`progress:${lesson}`, { ...store.get(`progress:${lesson}`), answered, of, ...seen });
    showProgress();
  }

  // What the reader has done of a lesson, in a few words; "" for nothing.
  function inWords({ answered = 0, of = 0, end = false } = {}) {
    if (end && answered >= of) return "done";
    if (answered) return `${answered} of ${of} questions`;
    return end ? "read" : "";
  }

  function showProgress() {
    for (const link of document.querySelectorAll('a[href*="lessons/"], .sidebar-tree a')) {
      const name = /(?:^|\/)(\d\d\w*)\.html$/.exec(link.getAttribute("href"))?.[1] ?? "";
      const own = link.getAttribute("href") === "#" && link.closest(".current-page") && lesson;
      if (link.closest(".cnnedu-bar") || /exercises\//.test(link.getAttribute("href"))) continue;
      const words = inWords(store.get(`progress:${name || own}`) ?? undefined);
      let mark = link.querySelector(".cnnedu-done");
      if (!words) {
        mark?.remove();
        continue;
      }
      mark ??= link.appendChild(Object.assign(document.createElement("span"), {
        className: "cnnedu-done",
      }));
      mark.textContent = ` ${words === "done" ? "✓ done" : words}`;
    }
  }

  if (lesson) {
    const end = document.querySelector("footer .related-pages") ?? document.querySelector("footer");
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      note({ end: true });
    }).observe(end);
    const forget = Object.assign(document.createElement("button"), {
      type: "button",
      className: "cnnedu-button",
      textContent: "Forget my answers",
    });
    forget.addEventListener("click", () => {
      store.clear(`${lesson}:`);
      store.clear(`progress:${lesson}`);
      location.reload();
    });
    bar.append(forget);
  }
  showProgress();

  // What is wider than its room scrolls by itself, with the keyboard, too.
  const WIDE = ".cnnedu-formula, .cnnedu-figure, .highlight pre, .table-wrapper";
  const wide = [...document.querySelectorAll(WIDE)];
  const reach = (node) => {
    if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  };
  const watching = new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));
  for (const node of wide) watching.observe(node);
  document.fonts.ready.then(() => wide.forEach(reach)); // the formulas' font comes late
})();
