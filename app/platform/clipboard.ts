// Puts text into the clipboard. A browser may refuse, and does so on pages that did not come over HTTPS.

/** Whether the browser took it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
