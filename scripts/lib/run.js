// Runs a program and collects what it prints.

import { spawn } from "node:child_process";
import { CommandFailed } from "./failure.js";
import { working } from "./progress.js";
import { root } from "./root.js";

/**
 * Runs a program in the project's folder. Resolves to what it printed, `stdout` alone and `output`
 * with both streams as they came; rejects with `CommandFailed`.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ stdout: string, output: string }>}
 */
export function run(program, args, { env = {}, onLine = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, which can be ended as a whole.
      detached: true,
    });
    const stop = endWith(child);
    let stdout = "";
    let output = "";
    /** @param {string} text */
    const collect = (text) => {
      output += text;
      const line = text.trimEnd().split("\n").at(-1);
      if (line) onLine(line);
    };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      collect(text);
    });
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => {
      stop();
      reject(new CommandFailed(`${program} could not be started: ${error.message}`, output));
    });
    child.on("close", (status, signal) => {
      stop();
      if (status === 0) return resolve({ stdout, output });
      const how = signal ? `was ended by ${signal}` : `failed with status ${status}`;
      reject(new CommandFailed(`${commandLine(program, args)} ${how}`, output));
    });
  });
}

/**
 * Has a program, and all that it has started, end when this process is told to.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} to be called when it has ended by itself
 */
function endWith({ pid }) {
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    stop();
    try {
      // What a shell has started in the background does not hear of an interrupt.
      if (pid !== undefined) process.kill(-pid, "SIGTERM");
    } catch {
      // It has just ended.
    }
    // As if nobody had listened, once all programs are told.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const stop = () => {
    for (const signal of signals) process.off(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  return stop;
}

/**
 * The same while a person watches: `title` with the last line printed and the seconds so far.
 *
 * @param {string} title
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function runShown(title, program, args, env) {
  // Cargo colours its messages only for a terminal, and what it writes to here is none.
  /** @type {Record<string, string>} */
  const colour = process.stdout.isTTY ? { CARGO_TERM_COLOR: "always" } : {};
  return working(title, (onLine) => run(program, args, { env: { ...colour, ...env }, onLine }));
}

/**
 * @param {string} program
 * @param {string[]} args
 */
export function commandLine(program, args) {
  return [program, ...args].join(" ");
}
