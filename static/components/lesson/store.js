// Keeps what has not reached the school yet on this tablet: in IndexedDB, or in localStorage where there is none.

const NAME = "kiosk-answers";
const PREFIX = "kiosk-answer:";

const opened = new Promise((resolve) => {
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(NAME, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => resolve(null);
  } catch {
    resolve(null);
  }
});

/** Do something with the stored items in one transaction; settles when it is safe on the tablet. */
function within(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(NAME, mode);
    const request = work(transaction.objectStore(NAME));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep an item, in place of an older one with the same id. */
export async function put(item) {
  const database = await opened;
  if (database) await within(database, "readwrite", (store) => store.put(item));
  else localStorage.setItem(PREFIX + item.id, JSON.stringify(item));
}

/** Every item that is kept. */
export async function all() {
  const database = await opened;
  if (database) return within(database, "readonly", (store) => store.getAll());
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => JSON.parse(localStorage.getItem(key)));
}

/** Let go of items that have arrived, or never can. */
export async function remove(ids) {
  const database = await opened;
  if (database) await within(database, "readwrite", (store) => { for (const id of ids) store.delete(id); });
  else for (const id of ids) localStorage.removeItem(PREFIX + id);
}
