-- The ten relationship types.
select public.hera_integration_setup_relationships_v1();
