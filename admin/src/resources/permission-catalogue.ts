import type { permissionSchema } from '@tessera/access/contracts';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useMay } from '../providers/access-control';
import { http } from '../providers/http';

export type Permission = z.infer<typeof permissionSchema>;

/** Every permission with its labels, limits and fields; empty for whoever may not see roles. */
export function usePermissionCatalogue() {
  return useQuery({
    queryKey: ['permissions'],
    queryFn: async () => (await http.get<Permission[]>('/api/access/permissions')).data,
    enabled: useMay('roles.view'),
    staleTime: Infinity,
  });
}
