/**
 * The page of `genrewise serve`: a queue of tracks, each sent to api/label and shown as a card.
 * Whatever comes from files or from the server enters the page as text, never as markup.
 */

/**
 * @typedef {object} Slice a stretch of the track that the network saw as one picture
 * @property {number} start_seconds
 * @property {number} end_seconds
 * @property {string} label its likeliest class
 * @property {number} probability of the label, 0 to 1
 * @property {boolean} padded whether silence was added to fill it
 */

/**
 * @typedef {object} Picture the constant-Q spectrogram: time to the right, low notes at the bottom
 * @property {string} content_type
 * @property {string} data the image, in base64
 * @property {number} seconds where its right edge lies
 * @property {number} lowest_hz centre of the lowest bin
 * @property {number} highest_hz centre of the highest bin
 * @property {number} bins_per_octave
 */

/**
 * @typedef {object} Result what the server answers for a track
 * @property {number} duration_seconds
 * @property {string} label
 * @property {number} confidence mean probability of the label over all slices, 0 to 1
 * @property {string} majority_label
 * @property {number} agreement share of slices whose likeliest class is the label, 0 to 1
 * @property {{label: string, probability: number}[]} top5
 * @property {Slice[]} slices
 * @property {?string[]} warnings of the decoder
 * @property {Object<string, number>} seconds by stage, and in total
 * @property {object} model
 * @property {string} device
 * @property {string} precision
 * @property {string} engine
 * @property {?Picture} picture
 */

/**
 * @typedef {object} Track a chosen file on its way
 * @property {File} file
 * @property {"waiting"|"working"|"done"|"failed"|"cancelled"} state
 * @property {HTMLElement} item its card
 * @property {?AbortController} abort while it is worked on
 * @property {?string} audio object URL of the file, while a player has it
 */

const TRIES = 5;
const STAGES = ["upload", "waiting", "decoding", "transform", "picture", "network"];
/** Which stretch of the progress bar a stage of known length fills. */
const STRETCHES = { upload: [0, 0.25], waiting: [0.25, 0.25], decoding: [0.25, 0.6], network: [0.6, 1] };

/** @type {Track[]} in the order of work */
const tracks = [];
/** What api/model said; null until it answered. */
let server = null;
let working = false;
let count = 0;

const page = (id) => document.getElementById(id);

// Text -------------------------------------------------------------------------------------------

const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;
const several = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
const known = (value) => value !== null && value !== undefined && value !== "";

/** Seconds as 4:30 or 1:59:50. */
function clock(seconds) {
  const whole = Math.floor(seconds + 1e-6);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Seconds as "2 hours", "90 minutes" or "20 seconds". */
function span(seconds) {
  if (seconds >= 3600 && seconds % 3600 === 0) return several(seconds / 3600, "hour");
  if (seconds >= 60 && seconds % 60 === 0) return several(seconds / 60, "minute");
  return several(seconds, "second");
}

function size(bytes) {
  if (bytes >= 1e6) return `${+(bytes / 1e6).toFixed(1)}\u00a0MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)}\u00a0kB` : several(bytes, "byte");
}

const hertz = (frequency) => (frequency >= 1000 ? `${frequency / 1000}\u00a0kHz` : `${frequency}\u00a0Hz`);

const sliceText = (slice) =>
  `${clock(slice.start_seconds)} to ${clock(slice.end_seconds)}: ${slice.label}, ${percent(slice.probability)}` +
  (slice.padded ? ", filled up with silence" : "");

// Elements ---------------------------------------------------------------------------------------

/**
 * Makes an element.
 *
 * @param {string} name of the element
 * @param {object} attributes functions become listeners; null and false are left out
 * @param {...(Node|string)} children strings become text
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (known(value) && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter(known));
  return made;
}

/** Puts an element at a stretch of its parent's width. */
function place(made, from, to) {
  made.style.left = `${100 * from}%`;
  if (to !== undefined) made.style.width = `${100 * (to - from)}%`;
  return made;
}

function facts(pairs) {
  return pairs
    .filter(([, value]) => known(value))
    .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
}

/** A class's colour: the same on all cards; neighbours differ in lightness, too. */
function colour(label) {
  const classes = server?.model?.classes ?? [];
  const at = classes.indexOf(label);
  const index = at >= 0 ? at : [...label].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  return `oklch(${[0.84, 0.7, 0.77][index % 3]} 0.13 ${Math.round(index * 137.508 + 250) % 360})`;
}

function coloured(made, value) {
  made.style.setProperty("--class", value);
  return made;
}

/** The day of a moment in ISO 8601. */
const madeOn = (moment) => (known(moment) ? [" of ", element("time", { datetime: moment }, moment.slice(0, 10))] : []);

function modelName(model) {
  const id = model?.id;
  const short = id && element("code", { title: id }, id.length > 12 ? id.slice(0, 12) : id);
  return element("span", {}, model?.name, model?.name && id ? " " : null, short);
}

// The line that screen readers follow ------------------------------------------------------------

const status = { element: page("status"), heldUntil: 0, timer: 0 };

/** Says what happens. What is not final gives way to later words, and comes every two seconds at most. */
function say(text, final = false) {
  clearTimeout(status.timer);
  const wait = final ? 0 : status.heldUntil - Date.now();
  if (wait > 0) {
    status.timer = setTimeout(() => say(text), wait);
  } else {
    status.element.textContent = text;
    status.heldUntil = Date.now() + 2000;
  }
}

function waitingText() {
  const number = tracks.filter((track) => track.state === "waiting").length;
  return number > 0 ? ` ${several(number, "track")} to follow.` : "";
}

function notice(text) {
  page("notice").textContent = text;
  page("notice").hidden = !text;
}

// The server -------------------------------------------------------------------------------------

/** What to do about audio that cannot be used, by the kind of fault; undefined for other kinds. */
function advice(kind) {
  const { minimum_seconds: least, seconds: most } = server?.limits ?? {};
  return {
    not_audio: "this is not audio, or of a kind that is not read; send MP3, FLAC, Ogg, Opus, M4A, WAV or AIFF",
    no_audio_stream: "this file has no sound; send one that has",
    corrupt: "this file is cut off or damaged; fetch or make it again",
    non_finite: "this file is damaged; fetch or make it again",
    empty_audio: "there is no sound in this file; send another",
    too_short: `this track is too short; send one of at least ${known(least) ? span(least) : "some seconds"}`,
    too_long: `this track is too long; send one of at most ${known(most) ? span(most) : "some minutes"}`,
    silent: "this track is silent, and silence has no genre; send another",
  }[kind];
}

/** A track that got no label: why, and whether it is worth another try. */
class Refusal extends Error {
  constructor(message, { status = 0, kind = "", retryAfter = 0 } = {}) {
    const plain = advice(kind);
    super(plain ?? message);
    this.detail = plain && message;
    this.status = status;
    this.retryAfter = retryAfter;
    this.again = status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

class Cancelled extends Error {}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Sends a track and reads the lines of the answer as they come.
 *
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(event: object) => void} progress
 * @returns {Promise<Result>} rejected with Refusal or Cancelled
 */
function send(file, signal, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let read = 0;
    let ended = false;
    const end = (action, value) => {
      ended = true;
      signal.removeEventListener("abort", abort);
      action(value);
    };
    const abort = () => {
      end(reject, new Cancelled());
      request.abort();
    };
    const readLines = () => {
      for (let at; !ended && (at = request.responseText.indexOf("\n", read)) >= 0; read = at + 1) {
        const event = json(request.responseText.slice(read, at));
        if (event?.event === "progress") progress(event);
        else if (event?.event === "result") end(resolve, event.result);
        else if (event?.event === "error") end(reject, new Refusal(event.error.message, { status: event.status, kind: event.error.kind }));
      }
    };
    const finish = () => {
      if (request.status === 200) {
        readLines();
        if (!ended) end(reject, new Refusal("the answer broke off; see whether the server still runs, then try again"));
      } else if (!ended) {
        const error = json(request.responseText)?.error;
        end(reject, new Refusal(error?.message ?? `the server answered with status ${request.status} and gave no reason`, {
          status: request.status,
          kind: error?.kind,
          retryAfter: Number(request.getResponseHeader("Retry-After")) || 5,
        }));
      }
    };
    signal.addEventListener("abort", abort);
    request.upload.addEventListener("progress", (event) =>
      progress({ stage: "upload", done: event.loaded, total: event.total }));
    request.addEventListener("progress", () => request.status === 200 && readLines());
    request.addEventListener("load", finish);
    request.addEventListener("error", () => ended || end(reject,
      new Refusal("the connection to the server broke off; see whether it still runs, then try again")));
    request.open("POST", "api/label?picture=true");
    request.setRequestHeader("Accept", "application/x-ndjson");
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Cancelled());
    }, { once: true });
  });
}

/** Sends a track; while the server has too much to do, waits as long as it says and tries again. */
async function sendPatiently(track, signal, progress) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(track.file, signal, progress);
    } catch (problem) {
      if (problem.status !== 429 || attempt === TRIES) throw problem;
      for (let left = Math.min(Math.max(Math.ceil(problem.retryAfter), 1), 120); left > 0; left--) {
        progress({ stage: "busy", left, attempt });
        await pause(1, signal);
      }
    }
  }
}

// The queue --------------------------------------------------------------------------------------

function add(files) {
  notice("");
  const added = [...files].map((file) => {
    const track = { file, state: "waiting", item: element("li"), abort: null, audio: null };
    tracks.push(track);
    show(track);
    return track;
  });
  page("tracks").prepend(...added.map((track) => track.item));
  work();
}

async function work() {
  if (working) return;
  working = true;
  for (let track; (track = tracks.find((one) => one.state === "waiting")); ) await label(track);
  working = false;
}

/** Why a file need not be sent at all, or null. */
function unfit(file) {
  const limit = server?.limits?.bytes;
  if (file.size === 0) return "the file is empty; choose one that a player can play";
  if (limit && file.size > limit) {
    return `the file has ${size(file.size)}, and this server takes up to ${size(limit)}; send a shorter or more compressed one`;
  }
  return null;
}

async function label(track) {
  const { file } = track;
  track.state = "working";
  track.abort = new AbortController();
  const progress = showWork(track);
  try {
    const reason = unfit(file);
    if (reason) throw new Refusal(reason, { status: 413 });
    const result = await sendPatiently(track, track.abort.signal, progress);
    track.state = "done";
    showResult(track, result);
    say(`${file.name}: ${result.label}, ${percent(result.confidence)}.${waitingText()}`, true);
  } catch (problem) {
    if (problem instanceof Cancelled) return;
    track.state = "failed";
    showProblem(track, problem);
    say(`${file.name} was not labelled: ${problem.message}.${waitingText()}`, true);
    if (!(problem instanceof Refusal)) throw problem;
  }
}

function cancel(track) {
  track.state = "cancelled";
  track.abort?.abort();
  showEnd(track, element("p", { class: "small" }, "Cancelled."), true);
  track.item.querySelector("button").focus();
  say(`${track.file.name}: cancelled.${waitingText()}`, true);
}

function again(track) {
  track.state = "waiting";
  show(track);
  track.item.querySelector("button").focus();
  tracks.push(...tracks.splice(tracks.indexOf(track), 1));
  work();
}

function remove(track) {
  const beside = track.item.nextElementSibling ?? track.item.previousElementSibling;
  if (track.audio) URL.revokeObjectURL(track.audio);
  tracks.splice(tracks.indexOf(track), 1);
  track.item.remove();
  (beside?.querySelector("h2") ?? page("files")).focus();
  say(`${track.file.name}: removed.`, true);
}

// Cards ------------------------------------------------------------------------------------------

/**
 * Fills a card anew.
 *
 * @param {Track} track
 * @param {?Node} verdict stands under the name
 * @param {[string, function][]} actions name and deed of each button
 * @param {...Node} body
 */
function card(track, verdict, actions, ...body) {
  const id = track.item.dataset.id ?? `track-${++count}`;
  track.item.dataset.id = id;
  track.item.dataset.state = track.state;
  const name = element("h2", { id, tabindex: -1 }, track.file.name);
  const buttons = actions.map(([text, action]) =>
    element("button", { type: "button", click: () => action(track) }, text, element("span", { class: "unseen" }, ` ${track.file.name}`)));
  const focused = track.item.contains(document.activeElement) ? document.activeElement.textContent : null;
  track.item.replaceChildren(
    element("article", { "aria-labelledby": id },
      element("div", { class: "head" }, name, element("div", { class: "actions" }, ...buttons), verdict),
      ...body));
  // Not to another button: a key on its way to Cancel must not remove a result.
  if (known(focused)) (buttons.find((button) => button.textContent === focused) ?? name).focus();
}

function show(track) {
  card(track, element("p", { class: "small" }, "Waits for its turn."), [["Cancel", cancel]]);
}

/** Shows the progress; the function that comes back takes the server's events. */
function showWork(track) {
  const bar = element("progress", { max: 1, "aria-label": `Progress of ${track.file.name}` });
  const line = element("p", {}, "Sending");
  card(track, null, [["Cancel", cancel]], element("div", { class: "work" }, bar, line));
  let stage = "";
  return (event) => {
    const { words, short, done } = progressText(event);
    line.textContent = words;
    const [from, to] = STRETCHES[event.stage] ?? [];
    if (from === undefined || (done === null && from !== to)) bar.removeAttribute("value");
    else bar.value = from + (done ?? 0) * (to - from);
    if (event.stage !== stage && short) say(`${track.file.name}: ${short}.${waitingText()}`);
    stage = event.stage;
  };
}

/**
 * A progress event in words.
 *
 * @returns {{words: string, short: ?string, done: ?number}} short is null for what
 *     passes at once; done is the stage's share, null if not known
 */
function progressText(event) {
  switch (event.stage) {
    case "upload":
      return event.done < event.total
        ? { words: `Sending, ${size(event.done)} of ${size(event.total)}`, short: "sending", done: event.done / event.total }
        : { words: "Sent", short: null, done: 1 };
    case "busy":
      return {
        words: `The server has too much to do. Trying again in ${several(event.left, "second")} (attempt ${event.attempt + 1} of ${TRIES}).`,
        short: `the server has too much to do, trying again in ${several(event.left, "second")}`,
        done: null,
      };
    case "waiting":
      return {
        words: event.ahead > 0 ? `Waiting, ${several(event.ahead, "track")} ahead` : "Waiting for its turn at the server",
        short: event.ahead > 0 ? "waiting at the server" : null,
        done: null,
      };
    case "decoding":
      return known(event.seconds_total)
        ? {
            words: `Reading the audio, ${clock(event.seconds_done)} of ${clock(event.seconds_total)}`,
            short: "reading the audio",
            done: Math.min(1, event.seconds_done / event.seconds_total),
          }
        : { words: `Reading the audio, ${clock(event.seconds_done)} so far`, short: "reading the audio", done: null };
    case "network":
      return {
        words: `Labelling, ${event.slices_done} of ${several(event.slices, "slice")}`,
        short: `labelling ${several(event.slices, "slice")}`,
        done: event.slices_done / event.slices,
      };
    default:
      return { words: `Working: ${event.stage}`, short: event.stage, done: null };
  }
}

function showEnd(track, text, retry) {
  const actions = retry ? [["Try again", again], ["Remove", remove]] : [["Remove", remove]];
  card(track, text, actions);
}

function showProblem(track, problem) {
  const why = element("div", {},
    element("p", { class: "problem" }, element("strong", {}, "Not labelled: "), problem.message),
    problem.detail ? element("p", { class: "small" }, problem.detail) : null);
  showEnd(track, why, problem.again);
}

/** @param {Result} result */
function showResult(track, result) {
  const verdict = element("p", { class: "verdict" },
    element("strong", {}, result.label), element("span", {}, `${percent(result.confidence)} confidence`));
  const player = playerOf(track);
  card(track, verdict, [["Remove", remove]],
    ...(result.warnings ?? []).map((warning) => element("p", { class: "small" }, `Note: ${warning}`)),
    figureOf(result, player.audio, track.file.name),
    player.block,
    element("div", { class: "columns" }, likeliest(result.top5), factsOf(result), times(result.seconds)),
    slicesTable(result.slices));
}

function likeliest(top) {
  const rows = top.map(({ label, probability }) => {
    const fill = element("span");
    fill.style.width = percent(probability).replace("\u00a0", "");
    return element("tr", {},
      element("th", { scope: "row" }, label, element("span", { class: "bar", "aria-hidden": "true" }, fill)),
      element("td", { class: "number" }, percent(probability)));
  });
  return element("table", { class: "likeliest" },
    element("caption", {}, `Likeliest ${several(top.length, "class", "classes")}`),
    element("thead", { class: "unseen" }, element("tr", {},
      element("th", { scope: "col" }, "Class"), element("th", { scope: "col" }, "Mean probability"))),
    element("tbody", {}, ...rows));
}

function factsOf(result) {
  const alike = result.slices.filter((slice) => slice.label === result.label).length;
  return element("section", {},
    element("h3", {}, "Track and model"),
    element("dl", { class: "facts rows" }, ...facts([
      ["Agreement", `${percent(result.agreement)} (${alike} of ${several(result.slices.length, "slice")})`],
      ["Label of most slices", result.majority_label === result.label ? null : result.majority_label],
      ["Duration", clock(result.duration_seconds)],
      ["Model", modelName(result.model)],
      ["Device", result.device],
      ["Precision", result.precision],
      ["Engine", result.engine],
    ])));
}

function times(seconds) {
  const parts = STAGES.filter((stage) => known(seconds[stage])).map((stage, index) => ({ stage, value: seconds[stage], colour: `var(--s${index})` }));
  const whole = Math.max(seconds.total ?? 0, parts.reduce((sum, part) => sum + part.value, 0)) || 1;
  const inSeconds = (value) => `${value.toFixed(2)}\u00a0s`;
  const bar = parts.map((part) => {
    const made = coloured(element("span"), part.colour);
    made.style.width = `${(100 * part.value) / whole}%`;
    return made;
  });
  const lines = parts.map((part) => element("li", {},
    element("span", {}, coloured(element("span", { class: "swatch", "aria-hidden": "true" }), part.colour), part.stage[0].toUpperCase() + part.stage.slice(1)),
    element("span", {}, inSeconds(part.value))));
  const total = known(seconds.total)
    ? element("li", { class: "total" }, element("span", {}, "Total"), element("span", {}, inSeconds(seconds.total)))
    : null;
  return element("section", {},
    element("h3", {}, "Processing time"),
    element("div", { class: "stages", "aria-hidden": "true" }, ...bar),
    element("ul", { class: "times" }, ...lines, total));
}

/** The table comes when it is opened: a long track has hundreds of slices. */
function slicesTable(slices) {
  const column = (name, type) => element("th", { scope: "col", class: type }, name);
  const row = (slice, index) => element("tr", {},
    element("td", {}, String(index + 1)),
    element("td", {}, clock(slice.start_seconds)),
    element("td", {}, clock(slice.end_seconds)),
    element("td", { class: "label" }, slice.label + (slice.padded ? " (filled up with silence)" : "")),
    element("td", { class: "number" }, percent(slice.probability)));
  return element("details", {
    class: "slices",
    toggle: (event) => {
      if (event.target.open && !event.target.querySelector("table")) {
        event.target.append(element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of the slices" },
          element("table", {},
            element("thead", {}, element("tr", {}, column("Slice"), column("Start"), column("End"), column("Label"), column("Probability", "number"))),
            element("tbody", {}, ...slices.map(row)))));
      }
    },
  }, element("summary", {}, `Table of ${several(slices.length, "slice")}`));
}

// Sound and picture ------------------------------------------------------------------------------

function playerOf(track) {
  track.audio = URL.createObjectURL(track.file);
  const note = element("p", { class: "small", hidden: true },
    "This browser cannot play this format. The label does not depend on that.");
  const audio = element("audio", {
    controls: true,
    preload: "metadata",
    src: track.audio,
    "aria-label": `Player of ${track.file.name}`,
    error: () => {
      note.hidden = false;
      audio.hidden = true;
    },
    play: () => document.querySelectorAll("audio").forEach((other) => other === audio || other.pause()),
  });
  return { audio, block: element("div", {}, audio, note) };
}

/**
 * The spectrogram over the row of slices, both on one axis of time.
 *
 * @param {Result} result
 * @param {HTMLAudioElement} audio follows clicks, and moves the playhead
 */
function figureOf(result, audio, name) {
  const { slices, picture } = result;
  const length = picture?.seconds || result.duration_seconds || slices.at(-1)?.end_seconds || 1;
  const chosen = element("p", { class: "chosen" });
  const strip = stripOf(slices, length, name);
  const playhead = element("div", { class: "playhead", "aria-hidden": "true", hidden: true });
  const ticks = element("div", { class: "clock", "aria-hidden": "true" });
  const timeline = element("div", { class: "timeline" }, picture ? pictureOf(picture, slices, name) : null, strip, playhead);
  const figure = element("figure", {},
    element("figcaption", {}, picture ? "Constant-Q spectrogram, its slices and their labels" : "The slices and their labels"),
    element("div", { class: "plot" },
      element("div", { class: "hertz", "aria-hidden": "true", hidden: !picture }, ...(picture ? hertzTicks(picture) : [])),
      timeline, ticks),
    chosen, legendOf(slices));
  if (!picture) timeline.style.gridColumn = "2";
  followSize(timeline, ticks, length, slices);
  const told = choose(slices, chosen, strip);
  followPointer(timeline, strip, slices, length, audio, told);
  followPlayer(audio, playhead, length, slices, told);
  return figure;
}

function pictureOf(picture, slices, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const edges = new Set(slices.flatMap((slice) => [slice.start_seconds, slice.end_seconds].map((at) => at.toFixed(3))));
  path.setAttribute("d", [...edges].filter((at) => at > 0 && at < picture.seconds).map((at) => `M${at} 0V1`).join(""));
  path.setAttribute("vector-effect", "non-scaling-stroke");
  svg.setAttribute("viewBox", `0 0 ${picture.seconds} 1`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return element("div", { class: "picture" },
    element("img", {
      src: `data:${picture.content_type};base64,${picture.data}`,
      alt: `Constant-Q spectrogram of ${name}: ${clock(picture.seconds)} from left to right, ` +
        `${Math.round(picture.lowest_hz)} to ${Math.round(picture.highest_hz)} hertz from bottom to top; bright is loud.`,
    }), svg);
}

/** Ticks at 50, 100, 200, 500 and so on; a bin has the same height wherever it lies. */
function hertzTicks({ lowest_hz: lowest, highest_hz: highest, bins_per_octave: perOctave }) {
  const bins = Math.round(perOctave * Math.log2(highest / lowest)) + 1;
  return [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]
    .map((frequency) => ({ frequency, from: (perOctave * Math.log2(frequency / lowest) + 0.5) / bins }))
    .filter(({ from }) => from >= 0.03 && from <= 0.97)
    .map(({ frequency, from }) => {
      const tick = element("span", {}, hertz(frequency));
      tick.style.top = `${100 * (1 - from)}%`;
      return tick;
    });
}

function stripOf(slices, length, name) {
  const buttons = slices.map((slice, index) => coloured(
    place(element("button", {
      type: "button",
      class: index === 0 ? "first" : null,
      tabindex: index === 0 ? 0 : -1,
      "data-index": index,
      "aria-label": `Slice ${index + 1} of ${slices.length}, ${sliceText(slice)}`,
    }), slice.start_seconds / length, Math.min(1, slice.end_seconds / length)),
    colour(slice.label)));
  const names = runsOf(slices).map(({ label, from, to }) =>
    place(element("span", {}, label), from / length, Math.min(1, to / length)));
  return element("div", { class: "strip", role: "toolbar", "aria-label": `Slices of ${name}; arrow keys move, Enter moves the player there` },
    ...buttons, element("div", { class: "runs", "aria-hidden": "true" }, ...names));
}

/** Neighbouring slices of one label: they share a name in the strip. */
function runsOf(slices) {
  const runs = [];
  for (const slice of slices) {
    const last = runs.at(-1);
    if (last?.label === slice.label && Math.abs(last.to - slice.start_seconds) < 0.1) last.to = slice.end_seconds;
    else runs.push({ label: slice.label, from: slice.start_seconds, to: slice.end_seconds });
  }
  return runs;
}

function legendOf(slices) {
  const counts = new Map();
  slices.forEach(({ label }) => counts.set(label, (counts.get(label) ?? 0) + 1));
  const entries = [...counts].sort(([, one], [, other]) => other - one).map(([label, number]) => element("li", {},
    coloured(element("span", { class: "swatch", "aria-hidden": "true" }), colour(label)), `${label}: ${several(number, "slice")}`));
  return element("ul", { class: "legend", "aria-label": "Labels of the slices" }, ...entries);
}

/** Ticks, names and lines by the room that there is. */
function followSize(timeline, ticks, length, slices) {
  const resized = () => {
    const width = timeline.clientWidth;
    if (width === 0) return;
    const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].find((one) => (one / length) * width >= 64) ?? 14400;
    const marks = [];
    for (let at = 0; at <= length && (at === 0 || (at / length) * width <= width - 18); at += step) {
      marks.push(place(element("span", {}, clock(at)), at / length));
    }
    ticks.replaceChildren(...marks);
    timeline.classList.toggle("dense", width / slices.length < 5);
    for (const name of timeline.querySelectorAll(".runs span")) name.hidden = (parseFloat(name.style.width) / 100) * width < 30;
  };
  new ResizeObserver(resized).observe(timeline);
}

/**
 * Shows a slice in words under the strip: the one under the pointer, else the one that was chosen or is played last.
 *
 * @returns {{point: (index: number) => void, follow: (index: number) => void}} each takes -1 for none
 */
function choose(slices, chosen, strip) {
  const buttons = strip.querySelectorAll("button");
  let pointed = -1;
  let followed = -1;
  let shown = -2;
  const tell = () => {
    const index = pointed >= 0 ? pointed : followed;
    if (index === shown) return;
    buttons[shown]?.classList.remove("shown");
    buttons[index]?.classList.add("shown");
    chosen.textContent = index >= 0
      ? `Slice ${index + 1} of ${slices.length}, ${sliceText(slices[index])}`
      : `${several(slices.length, "slice")} from ${clock(slices[0].start_seconds)} to ${clock(slices.at(-1).end_seconds)}. Choose one to move the player there.`;
    shown = index;
  };
  tell();
  return {
    point: (index) => tell((pointed = index)),
    follow: (index) => tell((followed = index)),
  };
}

const sliceAt = (slices, seconds) =>
  slices.findIndex((slice) => seconds >= slice.start_seconds && seconds < slice.end_seconds);

function followPointer(timeline, strip, slices, length, audio, told) {
  const buttons = [...strip.querySelectorAll("button")];
  const secondsAt = (event) => {
    const box = timeline.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * length;
  };
  const seek = (seconds) => {
    // A player that could not read the file has no place to go to.
    if (!audio.error) audio.currentTime = seconds;
  };
  const focus = (index) => {
    const next = buttons[Math.min(Math.max(index, 0), buttons.length - 1)];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  };
  timeline.addEventListener("pointermove", (event) => told.point(sliceAt(slices, secondsAt(event))));
  timeline.addEventListener("pointerleave", () => told.point(-1));
  timeline.addEventListener("click", (event) => {
    const index = buttons.indexOf(event.target);
    if (index >= 0) focus(index);
    seek(index >= 0 ? slices[index].start_seconds : secondsAt(event));
  });
  strip.addEventListener("focusin", (event) => told.follow(buttons.indexOf(event.target)));
  strip.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focus(to);
  });
}

function followPlayer(audio, playhead, length, slices, told) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const move = () => {
    playhead.hidden = false;
    place(playhead, Math.min(1, audio.currentTime / length));
    // Players go to the sample before.
    told.follow(sliceAt(slices, audio.currentTime + 0.02));
  };
  const run = () => {
    if (audio.paused || !audio.isConnected) return;
    if (!calm.matches) move();
    requestAnimationFrame(run);
  };
  audio.addEventListener("play", run);
  audio.addEventListener("timeupdate", move);
  audio.addEventListener("seeked", move);
}

// The page ---------------------------------------------------------------------------------------

function showServer(answer) {
  server = answer;
  const { model = {}, limits = {}, endings } = answer;
  const classes = model?.classes;
  const list = classes && element("details", {}, element("summary", {}, several(classes.length, "class", "classes")), classes.join(", "));
  const limit = [
    limits.bytes && `up to ${size(limits.bytes)}`,
    limits.seconds && `${span(limits.seconds)} of sound`,
    limits.time_limit_seconds && `${span(limits.time_limit_seconds)} of work`,
  ].filter(Boolean).join(", ");
  page("server").replaceChildren(...facts([
    ["Model", element("span", {}, modelName(model), ...madeOn(model?.created), list)],
    ["Device", [answer.device, answer.precision].filter(known).join(", ")],
    ["Program", [answer.version && `Genrewise ${answer.version}`, answer.engine].filter(known).join(", ")],
    ["A track may have", limit],
  ]));
  if (endings) page("files").accept = ["audio/*", "video/*", ...endings.map((ending) => `.${ending}`)].join(",");
}

async function readServer() {
  try {
    const response = await fetch("api/model");
    if (!response.ok) throw new Error(`status ${response.status}`);
    showServer(await response.json());
  } catch (problem) {
    notice(`The server does not say which model it has (${problem.message}). See whether it runs, then load this page again.`);
  }
}

function hasFolder(items) {
  return [...items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
}

function listenToDrops() {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.classList.toggle("dragging", on);
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget || mark(false));
  addEventListener("drop", (event) => {
    mark(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    const folder = hasFolder(event.dataTransfer.items);
    const files = [...event.dataTransfer.items]
      .filter((item) => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory)
      .map((item) => item.getAsFile());
    add(files);
    if (folder) notice("A folder cannot be dropped here. Drop its tracks, or label a library with ./genrewise label.");
  });
}

page("files").addEventListener("change", (event) => {
  const files = [...event.target.files];
  // The same file may be chosen again.
  event.target.value = "";
  add(files);
});
listenToDrops();
readServer();
