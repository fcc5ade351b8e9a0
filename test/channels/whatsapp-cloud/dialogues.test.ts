import { testEveryDialogue } from '../dialogues/every-dialogue.ts'
import { cloudScene } from './scene.ts'

await testEveryDialogue('the Cloud API', cloudScene, { sample: 5 })
