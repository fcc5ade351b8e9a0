/** One variant in a process of its own: `child.ts VARIANT SIZE_AS_JSON`, the measurement as JSON on stdout. */
import { measure, type Size } from './measure.ts'
import { isVariant, VARIANTS } from './variants/table.ts'

const [name = '', size = ''] = process.argv.slice(2)
if (!isVariant(name)) throw new Error(`no variant is called ${name}`)
const measured = await measure(await VARIANTS[name](), JSON.parse(size) as Size)
process.stdout.write(`${JSON.stringify(measured)}\n`)
