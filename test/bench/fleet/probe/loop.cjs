// Sees when the event loop of this process is held, and when its thread last worked.

/**
 * @typedef {{ readonly at: number, readonly cpuMs: number }} Moment
 * `at` in milliseconds of `performance.now()`, with the processor time of the process until then.
 * @typedef {{ readonly startUs: number, readonly endUs: number, readonly cpuMs: number }} Block
 * The clock is that of V8's profiles, in microseconds; `cpuMs` is what the thread of the event loop worked in it.
 */

/** How often a timer looks, in milliseconds: for so much longer than that the loop was held. */
const tickMs = 1;
/** Of the blocks those are told that are longer, in milliseconds. */
const noticedMs = 5;
/** What the thread works in this time tells whether it is at work: more than a quarter of it. */
const shareMs = 20;

/** @returns {Moment} */
function moment() {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), cpuMs: (user + system) / 1000 };
}

const threadMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function watchLoop() {
  let last = moment();
  let [tick, tickThread] = [performance.now(), threadMs()];
  let [share, shareThread] = [tick, tickThread];
  /** @type {Block[]} */
  const blocks = [];
  const look = () => {
    const [now, thread] = [performance.now(), threadMs()];
    const heldMs = now - tick - tickMs;
    if (heldMs > noticedMs) {
      const endUs = Number(process.hrtime.bigint() / 1000n);
      blocks.push({ startUs: endUs - heldMs * 1000, endUs, cpuMs: thread - tickThread });
    }
    if (now - share >= shareMs) {
      if (thread - shareThread > (now - share) / 4) last = moment();
      [share, shareThread] = [now, thread];
    }
    [tick, tickThread] = [now, thread];
    timer = setTimeout(look, tickMs);
  };
  let timer = setTimeout(look, tickMs);
  return {
    /** From when on it counts. */
    begin: () => (last = moment()),
    /** Something has come to its end. */
    touch: () => void (last = moment()),
    /** When there was work last. */
    last: () => last,
    /** Looks no more. */
    end: () => {
      clearTimeout(timer);
      return blocks;
    },
  };
}

module.exports = { moment, watchLoop };
