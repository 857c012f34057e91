// Who is learning on this tablet, as far as the tablet knows: the pass of their sign-in, which says nothing to anybody
// but the school, and how far they are in each lesson. Both end with the tab, with the sign-in, or where the tablet starts.

const VISIT = "lesson-visit";
const PLACE = "lesson:";

/** The pass of the sign-in that is here, or null. */
export function visitHere() {
  try {
    return sessionStorage.getItem(VISIT);
  } catch {
    return null;
  }
}

/** Begin a visit: true when it is another than before. */
export function beginVisit(visit) {
  if (visitHere() === visit) return false;
  forgetVisit();
  try {
    sessionStorage.setItem(VISIT, visit);
  } catch { /* A tablet that keeps nothing has nothing to forget. */ }
  return true;
}

/** Forget who was here and where they were. What they answered stays until it has reached the school. */
export function forgetVisit() {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key === VISIT || key.startsWith(PLACE)) sessionStorage.removeItem(key);
    }
  } catch { /* The same. */ }
}
