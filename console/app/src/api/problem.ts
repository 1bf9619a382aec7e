import { Code, ConnectError } from "@connectrpc/connect";
import { type FieldViolation, type Problem, ProblemSchema } from "../gen/storebot/v1/problem_pb";
import type { Catalogue } from "../i18n/catalogue";

/** problemOf returns the detail that says what went wrong, or undefined if the error has none. */
export function problemOf(error: unknown): Problem | undefined {
  return ConnectError.from(error).findDetails(ProblemSchema)[0];
}

/** problemText says in the reader's language what went wrong and what to do. */
export function problemText(error: unknown, t: Catalogue): string {
  const failure = ConnectError.from(error);
  const problem = problemOf(error);
  const wait = Number(problem?.retryAfter?.seconds ?? 0n);
  if (problem && wait > 0 && failure.code === Code.ResourceExhausted) return t.problem.retryIn(wait);
  const byReason = problem && lookUp(t.problem.reason, problem.reason);
  if (byReason) return byReason;
  switch (failure.code) {
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Unknown:
      return t.problem.unreachable;
    case Code.ResourceExhausted:
      return t.problem.reason.rate_limited;
    case Code.PermissionDenied:
      return t.problem.forbidden;
    case Code.NotFound:
      return t.problem.notFound;
    case Code.InvalidArgument:
    case Code.FailedPrecondition:
    case Code.AlreadyExists:
      // The server's public text says what is wrong; better than a general sentence.
      return failure.rawMessage || t.problem.unexpected;
    default:
      return t.problem.unexpected;
  }
}

/** violationText says what is wrong with one field. */
export function violationText(violation: FieldViolation, t: Catalogue): string {
  return (
    lookUp(t.problem.field, `${violation.path}:${violation.rule}`) ??
    lookUp(t.problem.rule, violation.rule) ??
    violation.message
  );
}

/**
 * fieldErrors maps the violations of a request to a form's fields: fields[path]
 * names the form field of a path of the request; a path inside a list counts
 * for the list. Empty when the error is about something else.
 */
export function fieldErrors(
  error: unknown,
  fields: Record<string, string>,
  t: Catalogue,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const violation of problemOf(error)?.fields ?? []) {
    const field = fields[violation.path] ?? fields[violation.path.replace(/\[.*$/, "")];
    if (field && !(field in errors)) errors[field] = violationText(violation, t);
  }
  return errors;
}

/** lookUp finds a word the server said in a part of the catalogue, if it is there. */
export function lookUp(words: Record<string, string>, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** signedOut tells whether the server does not know who is asking. */
export function signedOut(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unauthenticated;
}

/** missing tells whether what an address names is not there: it is gone, or the address names nothing. */
export function missing(error: unknown): boolean {
  return error !== null && [Code.NotFound, Code.InvalidArgument].includes(ConnectError.from(error).code);
}

/** ifOvertaken has things read again when what was to be stored is another by now, or is gone. */
export const ifOvertaken = (again: () => unknown) => (error: unknown) => {
  const gone = ConnectError.from(error).code === Code.NotFound;
  return gone || problemOf(error)?.reason === "changed_meanwhile" ? again() : undefined;
};
