{{- define "vpcep-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 53 | trimSuffix "-" }}
{{- end }}

{{/* The name of a Service too, so without dots, and not longer than 55 for "-metrics" to fit. */}}
{{- define "vpcep-operator.fullname" -}}
{{- $name := include "vpcep-operator.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | replace "." "-" | trunc 55 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 55 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "vpcep-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "vpcep-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "vpcep-operator.labels" -}}
{{ include "vpcep-operator.selectorLabels" . }}
app.kubernetes.io/part-of: vpcep
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "vpcep-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "vpcep-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "vpcep-operator.leaseName" -}}
{{- default (include "vpcep-operator.fullname" .) .Values.leaderElection.leaseName }}
{{- end }}

{{/* What one shard takes: projects with its label; the first also takes those without one. */}}
{{- define "vpcep-operator.projectSelector" -}}
{{- $shards := int .root.Values.shards }}
{{- $own := list }}
{{- with .root.Values.projectSelector }}{{ $own = append $own . }}{{ end }}
{{- if gt $shards 1 }}
{{- if eq .shard "0" }}
{{- $others := list }}
{{- range $i := untilStep 1 $shards 1 }}{{ $others = append $others (toString $i) }}{{ end }}
{{- $own = append $own (printf "vpcep.io/shard notin (%s)" (join "," $others)) }}
{{- else }}
{{- $own = append $own (printf "vpcep.io/shard=%s" .shard) }}
{{- end }}
{{- end }}
{{- join "," $own }}
{{- end }}

{{- define "vpcep-operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "vpcep-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
