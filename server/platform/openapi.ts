import { z } from 'zod'
import type { Operation } from './operation.ts'

type Json = Record<string, unknown>

const shape = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as Json

function parameters(operation: Operation): Json[] {
  const listed = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (!schema) return []
    const { properties = {}, required = [] } = shape(schema) as { properties?: Json; required?: string[] }
    return Object.entries(properties).map(([name, of]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: of,
    }))
  }
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }
  const claimed = operation.method === 'GET' || operation.runPublic ? [] : [key]
  return [...listed(operation.params, 'path'), ...listed(operation.query, 'query'), ...claimed]
}

function describe(operation: Operation, problem: Json): Json {
  const json = (schema: Json): Json => ({ 'application/json': { schema } })
  return {
    operationId: operation.id,
    summary: operation.summary,
    'x-access': operation.access,
    parameters: parameters(operation),
    ...(operation.body ? { requestBody: { required: true, content: json(shape(operation.body)) } } : {}),
    responses: {
      200: { description: 'Done', content: json(shape(operation.answer)) },
      default: { description: 'Refused, not found or failed', content: json(problem) },
    },
  }
}

/** The OpenAPI 3.1 document of all declared operations. */
export function openApi(operations: readonly Operation[], problem: z.ZodType, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, shape(problem)) }
  }
  return { openapi: '3.1.0', info: { title: 'Zhuravl', version }, paths }
}
