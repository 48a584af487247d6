// Pages without a kernel: each module of static/ runs once and leaves here what it exports; the
// states of the widgets wait here, too. See script() in assets.py.
const cnnedu = { modules: {}, states: {} };

// The part of a notebook's widget model that the widgets use.
cnnedu.Model = class {
  constructor(state) {
    this.state = state;
    this.events = new EventTarget();
  }

  get(trait) {
    return this.state[trait];
  }

  set(trait, value) {
    const same = JSON.stringify(this.state[trait]) === JSON.stringify(value);
    this.state[trait] = value;
    if (!same) this.events.dispatchEvent(new Event(`change:${trait}`));
  }

  on(name, callback) {
    this.events.addEventListener(name, callback);
  }

  off(name, callback) {
    this.events.removeEventListener(name, callback);
  }

  // A notebook would tell Python now; a page may listen.
  save_changes() {
    this.events.dispatchEvent(new Event("saved"));
  }
};

// Show a widget in an element; return its model.
cnnedu.show = (el, widget, state) => {
  const model = new cnnedu.Model(state);
  cnnedu.modules[widget].default.render({ model, el });
  return model;
};
