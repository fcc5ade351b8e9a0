import { openBalai } from '../canary/balai.ts'

/** How many of these values for a variable, which it must not do without, a program starts with; none is `undefined`. */
export async function startsWithout(
  variable: string,
  values: readonly (string | undefined)[],
  env: Record<string, string>,
): Promise<number> {
  const { [variable]: _, ...others } = env
  let started = 0
  for (const value of values) {
    const balai = await openBalai({ ...others, ...(value === undefined ? {} : { [variable]: value }) })
    await balai.start().then(
      () => {
        started += 1
      },
      () => undefined,
    )
    if (!balai.stderr().includes(variable)) started += 1
    await balai.remove()
  }
  return started
}
