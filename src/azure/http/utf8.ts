import { isAscii } from "node:buffer";

/** More letters beyond ASCII than these are not worth a look at each. */
const maxLetters = 1000;

/**
 * The text that UTF-8 stands for. Of what has a few letters such as “ü” beside ASCII, V8 would make a string of two bytes a character, which is twice as
 * large and takes longer to parse; this makes one of one byte. `bytes` are written over.
 */
export function textOfUtf8(bytes: Buffer): string {
  const letters = latinLetters(bytes);
  if (letters === undefined) return bytes.toString();
  let [read, written] = [0, 0];
  for (const letter of letters) {
    bytes.copyWithin(written, read, letter);
    written += letter - read;
    bytes[written++] = letterAt(bytes, letter);
    read = letter + 2;
  }
  bytes.copyWithin(written, read);
  return bytes.toString("latin1", 0, written + bytes.length - read);
}

/** Where the characters of two bytes are, of U+0080 to U+00FF; undefined where there are none, too many, or others. */
function latinLetters(bytes: Buffer): readonly number[] | undefined {
  const letters: number[] = [];
  const next = { c2: bytes.indexOf(0xc2), c3: bytes.indexOf(0xc3) };
  let read = 0;
  while (next.c2 >= 0 || next.c3 >= 0) {
    const letter = next.c3 < 0 || (next.c2 >= 0 && next.c2 < next.c3) ? next.c2 : next.c3;
    const isLetter = ((bytes[letter + 1] ?? 0) & 0xc0) === 0x80;
    if (!isLetter || letters.length === maxLetters || !isAscii(bytes.subarray(read, letter)))
      return undefined;
    letters.push(letter);
    read = letter + 2;
    if (next.c2 === letter) next.c2 = bytes.indexOf(0xc2, read);
    else next.c3 = bytes.indexOf(0xc3, read);
  }
  return letters.length > 0 && isAscii(bytes.subarray(read)) ? letters : undefined;
}

function letterAt(bytes: Buffer, place: number): number {
  return (((bytes[place] ?? 0) & 0x03) << 6) | ((bytes[place + 1] ?? 0) & 0x3f);
}
