import { writeFileSync } from 'node:fs'
import { listDoors } from './doors/list.ts'
import { doorsPage } from './doors/page.ts'

/** `npm run doors` prints every door; `-- --write` puts the page where it belongs. Exit 1 when a door is not told of, or is gone. */
const { doors, problems } = await listDoors()
const page = doorsPage(doors)
if (process.argv.includes('--write')) writeFileSync(new URL('../docs/doors.md', import.meta.url), page)
else process.stdout.write(page)
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0
