// What @medplum/core makes of our server: one JSON object on standard output, for test_js.py to judge.
globalThis.WebSocket ??= class {}; // the library asks for one as it is read; Node 20 has none
const { MedplumClient } = await import('@medplum/core');

const { base, token, patient } = JSON.parse(process.argv[2]);
const at = new URL(base);
const client = new MedplumClient({
  baseUrl: `${at.origin}/`,
  fhirUrlPath: at.pathname.slice(1),
  accessToken: token,
});
const told = {};
const weight = (kilos) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Vikt' },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2026-11-20',
  valueQuantity: {
    value: kilos,
    unit: 'kg',
    system: 'http://unitsofmeasure.org',
    code: 'kg',
  },
});

told.read = (await client.readResource('Patient', patient)).id;
const made = await client.createResource(weight(72.5));
told.created = made.valueQuantity.value;
const found = await client.searchResources('Observation', { patient, code: '29463-7', date: 'ge2026' });
told.found = found.some((one) => one.id === made.id);
const changed = await client.updateResource({ ...made, valueQuantity: { ...made.valueQuantity, value: 73 } });
told.updated = [changed.valueQuantity.value, changed.meta.versionId !== made.meta.versionId];
const patched = await client.patchResource('Observation', made.id, [
  { op: 'replace', path: '/status', value: 'amended' },
]);
told.patched = patched.status;
told.history = (await client.readHistory('Observation', made.id)).entry.length;
const once = await client.createResourceIfNoneExist(
  { ...weight(70), identifier: [{ system: 'urn:test', value: `m-${made.id}` }] },
  `identifier=urn:test|m-${made.id}`,
);
const again = await client.createResourceIfNoneExist(
  { ...weight(70), identifier: [{ system: 'urn:test', value: `m-${made.id}` }] },
  `identifier=urn:test|m-${made.id}`,
);
told.once = once.id === again.id;
const batch = await client.executeBatch({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    { resource: weight(71), request: { method: 'POST', url: 'Observation' } },
    { request: { method: 'GET', url: `Patient/${patient}` } },
  ],
});
told.transaction = batch.entry.map((one) => one.response.status.slice(0, 3));
await client.deleteResource('Observation', made.id);
try {
  await client.readResource('Observation', made.id);
} catch (error) {
  told.gone = [error.outcome.resourceType, error.outcome.issue[0].code];
}
console.log(JSON.stringify(told));
