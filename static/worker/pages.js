// The addresses of the pages that are shown without a network; the server writes them in when it sends the worker.

const PAGES = JSON.parse('@pages@');

/** The pages for a language and level, by what they stand in for: away, tell, adult. */
export function pagesFor({ language, level }) {
  return PAGES[`${language}/${level}`] ?? PAGES["en/full"];
}
