import type { Problem } from '#contract/problem.ts'

/** One unsent intention: ids and values only, never a name. */
export type Operation = {
  operationId: string
  accountId: string
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body: unknown
  /** Why the server said no; such an operation waits for its owner, not for the network. */
  refused: { status: number; problem: Problem } | null
  /** The restore from which the journal went on that it was typed into; null before any. */
  restore?: string | null
  /** When it was typed, by this computer's clock; what an earlier version has kept does not tell. */
  typedAt?: string
}

/** A place that keeps operations in the order they came, through closed tabs and lost power. */
export type OutboxStorage = {
  durable: boolean
  all: () => Promise<Operation[]>
  put: (operation: Operation) => Promise<void>
  remove: (operationId: string) => Promise<void>
}

const DATABASE = 'zhuravl'
const STORE = 'operations'

type Row = Operation & { seq: number }

/** A database of the browser, or memory where the browser has none to give (then the shell says so). */
export async function openOutboxStorage(name = DATABASE): Promise<OutboxStorage> {
  try {
    return storageIn(await openDatabase(name))
  } catch {
    return memoryStorage()
  }
}

export function memoryStorage(kept: Operation[] = []): OutboxStorage {
  const operations = new Map(kept.map((operation) => [operation.operationId, operation]))
  return {
    durable: false,
    all: async () => [...operations.values()],
    put: async (operation) => void operations.set(operation.operationId, operation),
    remove: async (operationId) => void operations.delete(operationId),
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore(STORE, { keyPath: 'seq', autoIncrement: true })
    store.createIndex('operationId', 'operationId', { unique: true })
  }
  return settled(opening)
}

function storageIn(database: IDBDatabase): OutboxStorage {
  const within = async (mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<void>) => {
    // «strict» makes the browser flush to disk before it answers: what is shown as kept survives a power cut.
    const transaction = database.transaction(STORE, mode, { durability: 'strict' })
    const done = finished(transaction)
    await work(transaction.objectStore(STORE))
    await done
  }
  const rowOf = (store: IDBObjectStore, operationId: string): Promise<Row | undefined> =>
    settled(store.index('operationId').get(operationId))
  return {
    durable: true,
    all: () => settled(database.transaction(STORE).objectStore(STORE).getAll()),
    put: (operation) =>
      within('readwrite', async (store) => {
        const before = await rowOf(store, operation.operationId)
        store.put(before ? { ...operation, seq: before.seq } : operation)
      }),
    remove: (operationId) =>
      within('readwrite', async (store) => {
        const row = await rowOf(store, operationId)
        if (row) store.delete(row.seq)
      }),
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}
