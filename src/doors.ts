import { writeFileSync } from 'node:fs'
import { commandLine } from './command-line.ts'
import { listDoors } from './doors/list.ts'
import { doorsPage } from './doors/page.ts'
import { say } from './lib/terminal.ts'

/** `npm run doors` prints every door; `-- --write` puts the page where it belongs. Exit 1 when a door is not told of, or is gone. */
const { values } = commandLine(
  'npm run doors [-- --write]     every door; --write puts docs/doors.md where it belongs',
  {
    options: { write: { type: 'boolean', default: false } },
  },
)
const { doors, problems } = await listDoors()
const page = doorsPage(doors)
if (values.write) writeFileSync(new URL('../docs/doors.md', import.meta.url), page)
else process.stdout.write(page)
for (const problem of problems) say(problem)
process.exitCode = problems.length > 0 ? 1 : 0
