/** Lines of RFC 5545, folded and ended. */
export function contentLines(lines: readonly string[]): string {
  return lines.map(line => `${fold(line)}\r\n`).join('');
}

/** An instant in the form of the format. */
export function utcTime(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Lines of at most 75 octets that never break a character. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
