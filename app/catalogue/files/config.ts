// The application files: code that lies beside the application server. They have no behaviour of their own.
import * as v from 'valibot';

export const filesSchema = v.object({ paths: v.pipe(v.array(v.string()), v.maxLength(20)) });

export type FilesConfig = v.InferOutput<typeof filesSchema>;
