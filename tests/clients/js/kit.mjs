// What fhir-kit-client makes of our server: one JSON object on standard output, for test_js.py to judge.
import { Client } from 'fhir-kit-client';

const { base, token, patient } = JSON.parse(process.argv[2]);
const client = new Client({ baseUrl: base, bearerToken: token });
const told = {};

const task = (status) => ({
  resourceType: 'Task',
  status,
  intent: 'order',
  description: 'Ring före besöket',
  for: { reference: `Patient/${patient}` },
});

told.endpoints = await client.smartAuthMetadata();
told.capability = (await client.capabilityStatement()).fhirVersion;
told.read = (await client.read({ resourceType: 'Patient', id: patient })).id;
const made = await client.create({ resourceType: 'Task', body: task('requested') });
told.created = made.description;
const searched = await client.search({
  resourceType: 'Task',
  searchParams: { patient, status: 'requested', _id: made.id },
});
told.found = searched.entry.map((one) => one.resource.id === made.id);
const changed = await client.update({
  resourceType: 'Task',
  id: made.id,
  body: { ...made, status: 'accepted' },
  options: { headers: { 'If-Match': `W/"${made.meta.versionId}"` } },
});
told.updated = [changed.status, changed.meta.versionId !== made.meta.versionId];
const older = await client.vread({ resourceType: 'Task', id: made.id, version: made.meta.versionId });
told.older = older.status;
const patched = await client.patch({
  resourceType: 'Task',
  id: made.id,
  jsonPatch: [{ op: 'replace', path: '/description', value: 'Ring först' }],
  options: { headers: { 'If-Match': `W/"${changed.meta.versionId}"` } },
});
told.patched = patched.description;
const history = await client.history({ resourceType: 'Task', id: made.id });
told.history = history.entry.length;
const whole = await client.transaction({
  body: {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:5c9a7f5e-6b1c-4b55-9a44-1d2d0a3f0c01',
        resource: { ...task('requested'), description: 'Den första' },
        request: { method: 'POST', url: 'Task' },
      },
      {
        fullUrl: 'urn:uuid:5c9a7f5e-6b1c-4b55-9a44-1d2d0a3f0c02',
        resource: {
          ...task('requested'),
          description: 'Del av den första',
          partOf: [{ reference: 'urn:uuid:5c9a7f5e-6b1c-4b55-9a44-1d2d0a3f0c01' }],
        },
        request: { method: 'POST', url: 'Task' },
      },
    ],
  },
});
told.transaction = whole.entry.map((one) => one.response.status.slice(0, 3));
const part = await client.read({
  resourceType: 'Task',
  id: whole.entry[1].response.location.split('Task/')[1].split('/')[0],
});
told.joined = whole.entry[0].response.location.includes(part.partOf[0].reference);
try {
  await client.read({ resourceType: 'Task', id: '00000000-0000-4000-8000-000000000000' });
} catch (error) {
  told.missing = [error.response.status, error.response.data.resourceType];
}
await client.delete({
  resourceType: 'Task',
  id: made.id,
  options: { headers: { 'If-Match': `W/"${patched.meta.versionId}"` } },
});
try {
  await client.read({ resourceType: 'Task', id: made.id });
} catch (error) {
  told.gone = error.response.status;
}
console.log(JSON.stringify(told));
