/** A file of a folder. */
export interface FolderEntry {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Where the journal keeps its files, which are made once and then only added to. What `create` and `append` have written is on the disk when
 * they resolve.
 */
export interface PlanFolder {
  /** What there is; nothing where there is no folder yet. */
  list(): Promise<readonly FolderEntry[]>;
  /** The text of a file; undefined where there is none. Rejects where what is there is no file. */
  read(name: string): Promise<string | undefined>;
  /** The last so many bytes of a file as text, of which the first sign may be cut; undefined where there is none. */
  readEnd(name: string, bytes: number): Promise<string | undefined>;
  has(name: string): Promise<boolean>;
  /** Makes a file, exclusively: false where there is one of that name already. */
  create(name: string, text: string): Promise<boolean>;
  /** Adds to the end of a file. Rejects where there is none. */
  append(name: string, text: string): Promise<void>;
  /** The same at once, for a window that is being closed. */
  appendNow(name: string, text: string): void;
  /** No matter whether it is there. */
  delete(name: string): Promise<void>;
}

/** A folder that is gone with the window, as is the sandbox in this process. */
export function folderInMemory(files: Map<string, string> = new Map()): PlanFolder {
  const add = (name: string, text: string) => {
    const before = files.get(name);
    if (before === undefined) throw new Error(`There is no ${name}.`);
    files.set(name, before + text);
  };
  return {
    list: async () => [...files].map(([name, { length }]) => ({ name, size: length })),
    read: async (name) => files.get(name),
    readEnd: async (name, bytes) => files.get(name)?.slice(-bytes),
    has: async (name) => files.has(name),
    create: async (name, text) => {
      if (files.has(name)) return false;
      files.set(name, text);
      return true;
    },
    append: async (name, text) => add(name, text),
    appendNow: add,
    delete: async (name) => void files.delete(name),
  };
}
