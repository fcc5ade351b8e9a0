/**
 * A place at which the process may die in a test of what a crash loses. With BALAI_KILL_AT=n in the environment the
 * n-th place passed is the last thing this process does (SIGKILL: no handler runs, nothing is flushed); without it a
 * call costs one comparison. The name is for the test's report.
 */
export const killPoint: (name: string) => void = arm(process.env.BALAI_KILL_AT)

function arm(at: string | undefined): (name: string) => void {
  if (at === undefined) return () => undefined
  let left = Number(at)
  return name => {
    left -= 1
    if (left !== 0) return
    // Told before dying, so that the test knows which place it was; a write to a pipe or file is done when it returns.
    process.stderr.write(`killed at ${name}\n`)
    process.kill(process.pid, 'SIGKILL')
  }
}
