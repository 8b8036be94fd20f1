/** How many bytes a text takes on the wire (UTF-8), without encoding it where its length already tells. */
const encoder = new TextEncoder();

export function byteLength(content: string): number {
  return encoder.encode(content).length;
}

/** A UTF-16 code unit takes one to three bytes, so most texts need no counting. */
export function isLongerThan(content: string, limitBytes: number): boolean {
  if (content.length > limitBytes) return true;
  if (content.length * 3 <= limitBytes) return false;
  return byteLength(content) > limitBytes;
}
