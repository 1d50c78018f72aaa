// The text of a file that is to be a private key.

/** Far more than any key has. */
const MAX_BYTES = 100_000;

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
export async function readKeyFile(file) {
  if (file.size > MAX_BYTES) {
    throw new Error(`${file.name} is too large to be a private key. Choose the key's PEM file.`);
  }
  try {
    return await file.text();
  } catch {
    throw new Error(`${file.name} cannot be read. Choose the key's PEM file.`);
  }
}
