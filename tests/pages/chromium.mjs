// A page in headless Chromium, by the protocol of its developer tools over a pipe: no port, and nothing to install.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ANSWER_MS = 60_000;

// What a browser asks of the world by itself is turned off; what a page asks is seen by `Page`. There is no sandbox, as
// Chromium has none for root and in many containers, and the pages are ours.
const ARGUMENTS = [
  "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
  "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb",
];

export class Chromium {
  #process;
  #profile = mkdtempSync(join(tmpdir(), "tocsin-chromium-"));
  #waiting = new Map();
  #listeners = new Map();
  #last = 0;
  #rest = "";
  #said = "";
  #ended;

  constructor(program) {
    this.#process = spawn(program, [...ARGUMENTS, `--user-data-dir=${this.#profile}`, "about:blank"],
      { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
    this.#process.stderr.setEncoding("utf8").on("data", (text) => (this.#said = (this.#said + text).slice(-2000)));
    this.#process.stdio[3].on("error", () => {});
    this.#process.stdio[4].setEncoding("utf8").on("data", (text) => this.#read(text));
    this.#process.on("error", (error) => this.#fail(error));
    this.#process.on("exit", () => this.#fail(new Error(`Chromium ended: ${this.#said}`)));
  }

  // Messages end with a NUL.
  #read(text) {
    const messages = (this.#rest + text).split("\0");
    this.#rest = messages.pop();
    for (const message of messages) this.#take(JSON.parse(message));
  }

  #take(message) {
    if (message.id === undefined) return this.#listeners.get(message.sessionId)?.(message.method, message.params);
    const { resolve, reject, method } = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  }

  #fail(error) {
    this.#ended = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  send(method, params = {}, sessionId = undefined) {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method}: no answer; ${this.#said}`)), ANSWER_MS);
      const settle = (how) => (value) => (clearTimeout(late), how(value));
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject), method });
      this.#process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    });
  }

  async open(html) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page((method, params) => this.send(method, params, sessionId), () => this.send("Target.closeTarget", { targetId }));
    this.#listeners.set(sessionId, (method, params) => page.hear(method, params));
    await page.show(html);
    return page;
  }

  async close() {
    if (!this.#ended) {
      const ended = new Promise((resolve) => this.#process.once("exit", resolve));
      await this.send("Browser.close").catch(() => this.#process.kill("SIGKILL"));
      await ended;
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

// Where the page stands. No name under .test is anybody's (RFC 6761).
const ADDRESS = "https://page.test/";

// One page; `requests` are those that it made beyond its own document, `complaints` what its console says.
export class Page {
  requests = [];
  complaints = [];
  #send;
  #html;
  #loaded;

  constructor(send, close) {
    this.#send = send;
    this.close = close;
  }

  hear(method, params) {
    if (method === "Page.loadEventFired") this.#loaded();
    if (method === "Fetch.requestPaused") this.#answer(params).catch((error) => this.complaints.push(error.message));
    if (method === "Log.entryAdded" && params.entry.level === "error") this.complaints.push(params.entry.text);
    if (method === "Runtime.exceptionThrown") this.complaints.push(params.exceptionDetails.text);
  }

  // The document comes from here, and nothing else is answered.
  #answer({ requestId, request, resourceType }) {
    if (request.url === ADDRESS && resourceType === "Document") {
      const responseHeaders = [{ name: "Content-Type", value: "text/html; charset=utf-8" }];
      return this.#send("Fetch.fulfillRequest", { requestId, responseCode: 200, responseHeaders, body: this.#html });
    }
    this.requests.push(request.url);
    return this.#send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" });
  }

  async show(html) {
    this.#html = Buffer.from(html, "utf8").toString("base64");
    const loaded = new Promise((resolve) => (this.#loaded = resolve));
    for (const domain of ["Page", "Runtime", "Log", "Fetch"]) await this.#send(`${domain}.enable`);
    await this.#send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await this.#send("Page.navigate", { url: ADDRESS });
    await loaded;
  }

  // How it is looked at: { width, scheme: "light" | "dark", media: "screen" | "print" }.
  async look({ width, scheme, media }) {
    await this.#send("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: false });
    await this.#send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  // The value of an expression, awaited.
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async press(key, code) {
    for (const type of ["rawKeyDown", "keyUp"]) {
      await this.#send("Input.dispatchKeyEvent", { type, key, code: key, windowsVirtualKeyCode: code });
    }
  }

  async print() {
    const { data } = await this.#send("Page.printToPDF", { preferCSSPageSize: true });
    return Buffer.from(data, "base64");
  }
}
