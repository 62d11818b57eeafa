-- What the tests of this folder share. Installed once into a clone of the migrated database; each test then runs in a
-- transaction that is rolled back.
create schema hera_test;
