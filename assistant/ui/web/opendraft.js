// The draft that is open: its view, what is still to be saved, its jobs. Draws nothing; the modules around it listen.

const SAVE_AFTER = 220;
const SAVE_AGAIN = 3000;

/**
 * Holds one draft. `call(name, data)` asks the server and throws {code, message, hint}.
 * Tells: draft (structure or texts changed), review, state, job, section (one section's state or text), conflict.
 */
function openDraft(call, view) {
  const news = listeners();
  const held = {
    id: view.id, view, review: null, version: view.version, state: "saved", savedAt: view.updated, fault: null,
    job: null, on: news.on, tell: news.tell, pending: new Map(), streaming: new Map(), busy: null, closed: false, call,
  };
  held.section = (id) => held.view.sections.find((section) => section.id === id);
  held.setState = (state, fault = null) => {
    held.state = state;
    held.fault = fault;
    news.tell("state", held);
  };
  held.takeReview = (review) => {
    if (!review || (held.review && review.version < held.review.version)) return;
    held.review = review;
    news.tell("review", review);
  };
  held.takeDraft = (draft) => {
    if (!draft || draft.version < held.version) return;
    // What streams in is not at the server yet: it stays until its section is done.
    const sections = draft.sections.map((s) => (s.state === "writing" && held.streaming.has(s.id) ? { ...s, text: held.streaming.get(s.id), sentences: [] } : s));
    held.view = { ...draft, sections };
    held.version = draft.version;
    news.tell("draft", held.view);
  };
  held.takeSaved = (saved) => {
    held.version = Math.max(held.version, saved.version);
    if (saved.draft) held.takeDraft(saved.draft);
    held.takeReview(saved.review);
  };
  savingOf(held);
  jobsOf(held);
  return held;
}

/** Saving: one field at a time, in order, again until it is through; text never leaves `pending` before that. */
function savingOf(held) {
  let timer = 0;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => held.flush(), wait);
  };
  const known = (sectionId, field) => {
    const section = sectionId ? held.section(sectionId) : null;
    return field === "title" ? held.view.title : section ? section[field] : "";
  };
  const remember = (sectionId, field, text) => {
    if (field === "title") held.view = { ...held.view, title: text };
    else held.view = { ...held.view, sections: held.view.sections.map((s) => (s.id === sectionId ? written(s, field, text) : s)) };
  };

  const written = (section, field, text) =>
    field === "text" ? { ...section, text, sentences: movedSentences(section, text) } : { ...section, [field]: text };

  held.edit = (sectionId, field, text) => {
    const key = `${sectionId}/${field}`;
    const before = held.pending.get(key);
    const ground = before || { base: known(sectionId, field), version: held.version };
    held.pending.set(key, { sectionId, field, text, base: ground.base, version: ground.version });
    if (held.state !== "conflict") held.setState(held.state === "offline" ? held.state : "dirty");
    later(SAVE_AFTER);
  };
  held.unsaved = () => held.pending.size > 0 || held.busy !== null;

  /** Saves all that is pending; resolves true when nothing is left. */
  held.flush = async () => {
    if (held.busy) {
      await held.busy;
      if (!held.pending.size || held.state !== "dirty") return !held.pending.size;
    }
    if (held.state === "conflict") return false;
    held.busy = sendAll();
    try {
      return await held.busy;
    } finally {
      held.busy = null;
      if (held.pending.size && held.state === "dirty") later(SAVE_AFTER);
    }
  };

  async function sendAll() {
    while (held.pending.size && !held.closed) {
      const [key, edit] = held.pending.entries().next().value;
      held.setState("saving");
      try {
        await send(key, edit);
      } catch (fault) {
        return failed(fault, edit);
      }
    }
    held.savedAt = new Date().toISOString();
    held.setState("saved");
    return true;
  }
  async function send(key, edit) {
    const saved = await held.call("save", {
      id: held.id, version: edit.version, section_id: edit.sectionId, field: edit.field, text: edit.text, base: edit.base,
    });
    remember(edit.sectionId, edit.field, edit.text);
    const now = held.pending.get(key);
    if (now.text === edit.text) held.pending.delete(key);
    else Object.assign(now, { base: edit.text, version: saved.version });
    held.takeSaved(saved);
  }
  async function failed(fault, edit) {
    if (fault.code === "draft.changed") return conflict(edit);
    const away = fault.code === "page.away";
    held.setState(away ? "offline" : "refused", fault);
    if (away) later(SAVE_AGAIN);
    return false;
  }
  /** Another window wrote the same section: whoever is here chooses; the server keeps both as revisions. */
  async function conflict(edit) {
    held.setState("conflict");
    const theirs = await held.call("draft", { id: held.id });
    const section = theirs.sections.find((s) => s.id === edit.sectionId);
    const text = edit.field === "title" ? theirs.title : section ? section[edit.field] : null;
    held.tell("conflict", { edit, theirs, text });
    return false;
  }
  /** Ends a conflict: "mine" is saved over theirs, "theirs" is taken. */
  held.settle = (edit, theirs, choice) => {
    const key = `${edit.sectionId}/${edit.field}`;
    const mine = held.pending.get(key) || edit;
    held.pending.delete(key);
    held.state = "saved";
    held.takeDraft(theirs);
    if (choice === "mine") held.edit(edit.sectionId, edit.field, mine.text);
    else held.setState("saved");
    return held.flush();
  };
  window.addEventListener("online", () => !held.closed && held.pending.size && later(0));
}

/** Long work: follows one job's events until it ends, also after a reload. */
function jobsOf(held) {
  const ended = (job) => !["queued", "running", "stopping"].includes(job.state);
  const setSection = (id, change) => {
    if (change.text !== undefined) held.streaming.set(id, change.text);
    held.view = { ...held.view, sections: held.view.sections.map((s) => (s.id === id ? { ...s, ...change } : s)) };
    held.tell("section", held.section(id));
  };

  let told = "";
  held.follow = async (job) => {
    held.job = job;
    held.tell("job", job);
    let since = 0;
    while (!held.closed && held.job && held.job.id === job.id) {
      let news;
      try {
        news = await held.call("job_events", { job_id: job.id, since });
      } catch (fault) {
        if (fault.code !== "page.away") return held.tell("job", { ...job, state: "failed", error: fault });
        await new Promise((resolve) => setTimeout(resolve, 1500));
        continue;
      }
      for (const event of news.events) take(event);
      since = news.next;
      held.job = news.job;
      held.tell("job", news.job);
      if (ended(news.job)) break;
    }
    held.rewriting = null;
    held.streaming.clear();
    await refresh();
    return held.job;
  };
  function take(event) {
    const section = held.section(event.section_id);
    if (!section) return;
    const around = held.rewriting && held.rewriting.id === section.id ? held.rewriting : { before: "", after: "" };
    if (event.type === "section_started") {
      told = "";
      if (held.job.kind !== "rewrite") setSection(section.id, { state: "writing", text: "", sentences: [] });
    } else if (event.type === "text" && (held.job.kind !== "rewrite" || held.rewriting)) {
      told += (event.paragraph && told ? "\n" : "") + event.text;
      setSection(section.id, { state: "writing", text: around.before + told + around.after });
    } else if (event.type === "section_done" || event.type === "section_failed") {
      held.streaming.delete(section.id);
      refreshSoon();
    }
  }
  const refreshSoon = debounced(() => refresh(), 120);
  /** Texts and sentences as the server holds them, then the review. */
  async function refresh() {
    if (held.closed) return;
    try {
      const draft = await held.call("draft", { id: held.id });
      if (draft.version < held.version) return refreshSoon();
      held.takeDraft(draft);
      if (!held.pending.size) held.takeReview(await held.call("review", { id: held.id }));
    } catch (fault) {
      held.tell("fault", fault);
    }
  }
  held.refresh = refresh;
  /** Starts work and follows it to its end; `started()` runs once the draft shows what waits for it. */
  held.start = async (name, data, started = () => {}) => {
    if (!(await held.flush())) return null;
    const job = await held.call(name, { id: held.id, ...data });
    try {
      held.takeDraft(await held.call("draft", { id: held.id })); // writing may have put an opening in front
    } catch (fault) {
      held.tell("fault", fault);
    }
    started();
    return held.follow(job);
  };
  held.stop = async () => {
    if (!held.job) return;
    held.tell("job", { ...held.job, state: "stopping" });
    await held.call("stop_job", { job_id: held.job.id });
  };
}
