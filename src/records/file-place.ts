/** Where sealed files lie, each under an id of chance. What is handed over here is unreadable already. */
export type FilePlace = {
  /** There whole or not at all once it resolves. Throws something `isAway` knows when it may succeed later. */
  write(id: string, bytes: Buffer): Promise<void>
  /** Undefined when it is not there. */
  read(id: string): Promise<Buffer | undefined>
  /** Names last written before `when`; those being written now are younger. */
  namesBefore(when: Date): Promise<string[]>
  remove(names: string[]): Promise<void>
  /** Whether another file may be taken, or what is left is for words alone. */
  hasRoom(): Promise<boolean>
}
