// A part of a kept sound: Safari plays none that is not answered in parts, and seeking asks for them everywhere.

/** The part of a whole answer that a Range header asks for; the whole where it asks for something unusual. */
export async function partOf(whole, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || (!asked[1] && !asked[2])) return whole;
  const body = await whole.blob();
  const size = body.size;
  // "-500" is the last 500 bytes.
  const from = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  const to = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  const headers = new Headers({ "Content-Type": whole.headers.get("Content-Type"), "Accept-Ranges": "bytes" });
  if (from > to) {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${from}-${to}/${size}`);
  headers.set("Content-Length", String(to - from + 1));
  return new Response(body.slice(from, to + 1), { status: 206, headers });
}
