// What a browser keeps for us. It may keep nothing, or have something there that is not ours.
export function read(storage, key, otherwise) {
  try {
    return JSON.parse(storage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// Whether it is kept; where a browser is full or forbids it, nothing else depends on it.
export function store(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
