/** Meta takes free words for so long after the citizen's last message. */
const WINDOW_MS = 24 * 3_600_000

/**
 * Whether anything but a template would be refused. Where it is not known when somebody wrote, as for anonymous reports, Meta is
 * asked: it knows.
 */
export function isClosed(lastHeard: Date | undefined, now: Date): boolean {
  return lastHeard !== undefined && now.getTime() - lastHeard.getTime() >= WINDOW_MS
}
