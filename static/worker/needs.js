// What a kept thing needs beside itself, read off its own text: so a page of last week names the files of last week.

const IN_PAGE = /(?:href|src)="(\/(?:style|static|symbols|lesson-symbols)\/[^"#]+)/g;
const SHELF = /<ul[^>]* data-shelf[\s\S]*?<\/ul>/g;
const SPOKEN = /data-voice="([0-9a-f]{16,64})"/g;
const IN_STYLE = /url\("?(\/font\/[^")]+)"?\)/g;
const IN_SCRIPT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+\.js)["']/g;

const found = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/** The addresses that a document, style sheet or script names; none for anything else. `type`: its Content-Type. */
export function needsOf(text, type, address) {
  if (type.startsWith("text/html")) {
    // The shelf shows lessons that are kept with sounds of their own.
    const spoken = found(text.replace(SHELF, ""), SPOKEN);
    const files = found(text, IN_PAGE).map((one) => one.replaceAll("&amp;", "&"));
    return [...new Set([...files, ...spoken.flatMap((key) => [`/voice/${key}.mp3`, `/voice/${key}.json`])])];
  }
  if (type.startsWith("text/css")) return [...new Set(found(text, IN_STYLE))];
  if (!type.startsWith("text/javascript")) return [];
  return [...new Set(found(text, IN_SCRIPT).map((one) => new URL(one, new URL(address, self.location.origin)).pathname))];
}

/** Whether something of that Content-Type may need other things. */
export const mayNeed = (type) => /^text\/(html|css|javascript)/.test(type);
