// The part of a notebook's widget model that the widgets use, for pages without a kernel.
class OfflineModel {
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

  save_changes() {}
}
