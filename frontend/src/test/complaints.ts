/**
 * What React or a library complained of. It is a fault of the test or of the part: setup.ts fails each test that leaves
 * some. A test that breaks a screen on purpose takes them out.
 */
export const complaints: unknown[][] = []

// eslint-disable-next-line no-console -- this is where it is caught
console.error = (...complaint: unknown[]) => {
  complaints.push(complaint)
}
