import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MemberFile } from '@tessera/imports/contracts';
import { Button, Card, Empty, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loading } from '../../components/loading';
import { Page } from '../../components/page';
import { ErrorNotice, FailedScreen } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { isUnderWay, MEMBER_FILES } from './member-files';
import { DraftForm } from './draft-form';
import { FileReport } from './file-report';

const POLL_MS = 1_000;

function useFiles() {
  return useQuery({
    queryKey: [MEMBER_FILES],
    queryFn: async () => (await http.get<MemberFile[]>(MEMBER_FILES)).data,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
  });
}

function UploadCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (file: File) =>
      http.post<MemberFile>(MEMBER_FILES, file, {
        params: { fileName: file.name },
        headers: { 'content-type': 'application/octet-stream' },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [MEMBER_FILES] }),
  });
  return (
    <Card size="small" title={t('memberImports.start')} style={{ marginBottom: 16 }}>
      {error && <ErrorNotice error={toApiError(error)} />}
      <p>{t('memberImports.about')}</p>
      <Upload
        accept=".csv,.txt,.tsv,.xlsx"
        showUploadList={false}
        disabled={isPending}
        beforeUpload={(file) => {
          mutate(file);
          return false;
        }}
      >
        <Button type="primary" icon={<UploadOutlined />} loading={isPending}>
          {t('memberImports.choose')}
        </Button>
      </Upload>
    </Card>
  );
}

/** Brings members in from a file: choose it, say what its columns are, see what becomes of each row, run. */
export default function MemberImportsPage() {
  const { t } = useTranslation();
  const { data: files, error } = useFiles();
  if (error) return <FailedScreen name="member-imports" error={toApiError(error)} />;
  if (!files) return <Loading />;
  const drafts = files.filter(({ run }) => run.status === 'draft');
  const begun = files.filter(({ run }) => run.status !== 'draft');
  return (
    <Page title={t('screens.member-imports')} back={<Link to="/members">← {t('screens.members')}</Link>}>
      {drafts.length === 0 && <UploadCard />}
      {drafts.map((file) => (
        <DraftForm key={file.run.id} file={file} />
      ))}
      {files.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('memberImports.empty')} />}
      {begun.map((file) => (
        <FileReport key={file.run.id} file={file} />
      ))}
    </Page>
  );
}
