/**
 * `work`, done once per key. For pure functions only: that a second bundle or a second thread has its own memo costs time,
 * never truth, so this is the one thing that may stand in a module.
 */
export function memo<K, V>(work: (key: K) => V): (key: K) => V {
  const done = new Map<K, V>();
  return (key) => {
    const known = done.get(key);
    if (known !== undefined) return known;
    const value = work(key);
    done.set(key, value);
    return value;
  };
}

/** The same for objects, for as long as each is there. */
export function onceFor<K extends object, V extends {}>(work: (key: K) => V): (key: K) => V {
  const done = new WeakMap<K, V>();
  return (key) => {
    const known = done.get(key);
    if (known !== undefined) return known;
    const value = work(key);
    done.set(key, value);
    return value;
  };
}
