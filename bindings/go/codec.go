package tocsin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

// Documents, in and out. An instant is a time.Time, a duration a time.Duration; zero text, times, pointers, slices and maps
// are not given.

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
)

// Marshal writes a document as the library reads it. Structs are the documents of this package; maps, slices and what else
// encoding/json knows may stand wherever anything may.
func Marshal(document any) ([]byte, error) {
	tree, err := plain(reflect.ValueOf(document), "")
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tree); err != nil {
		return nil, fmt.Errorf("tocsin: %w", err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// Unmarshal reads a document of the library, or a file with definitions, into a document of this package, an Answer, or a
// variable of another type that has its members.
func Unmarshal(text []byte, document any) error {
	to := reflect.ValueOf(document)
	if to.Kind() != reflect.Pointer || to.IsNil() {
		return fmt.Errorf("tocsin: Unmarshal needs a pointer to a document, not %T", document)
	}
	tree, err := parse(text)
	if err != nil {
		return err
	}
	return assign(tree, to.Elem(), "", "")
}

func parse(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("tocsin: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("tocsin: there is more behind the document")
	}
	return tree, nil
}

// ---- from Go

// A value as encoding/json writes it.
func plain(v reflect.Value, path string) (any, error) {
	if !v.IsValid() {
		return nil, nil
	}
	switch v.Type() {
	case timeType:
		return instantText(v.Interface().(time.Time)), nil
	case durationType:
		return durationText(time.Duration(v.Int())), nil
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil, nil
		}
		return plain(v.Elem(), path)
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return nil, fmt.Errorf("tocsin: %s is not UTF-8: %q", where(path), v.String())
		}
		if number, ok := v.Interface().(json.Number); ok {
			return number, nil
		}
		return v.String(), nil
	case reflect.Float32, reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return nil, fmt.Errorf("tocsin: %s is no number: %v", where(path), v.Float())
		}
		return v.Interface(), nil
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Interface(), nil
	case reflect.Slice, reflect.Array:
		if raw, ok := v.Interface().(json.RawMessage); ok {
			return raw, nil
		}
		items := make([]any, v.Len())
		for i := range items {
			item, err := plain(v.Index(i), fmt.Sprintf("%s/%d", path, i))
			if err != nil {
				return nil, err
			}
			items[i] = item
		}
		return items, nil
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			break
		}
		members := make(map[string]any, v.Len())
		for each := v.MapRange(); each.Next(); {
			member, err := plain(each.Value(), path+"/"+each.Key().String())
			if err != nil {
				return nil, err
			}
			members[each.Key().String()] = member
		}
		return members, nil
	case reflect.Struct:
		members := map[string]any{}
		return members, plainMembers(v, path, members)
	}
	return nil, fmt.Errorf("tocsin: %s: a document cannot hold a %s", where(path), v.Type())
}

func where(path string) string {
	if path == "" {
		return "the document"
	}
	return path
}

func plainMembers(v reflect.Value, path string, members map[string]any) error {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			if err := plainMembers(v.Field(i), path, members); err != nil {
				return err
			}
			continue
		}
		name := memberName(field)
		if name == "" || isAbsent(v.Field(i)) {
			continue
		}
		member, err := plain(v.Field(i), path+"/"+name)
		if err != nil {
			return err
		}
		members[name] = member
	}
	return nil
}

func memberName(field reflect.StructField) string {
	if !field.IsExported() {
		return ""
	}
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	if name == "" {
		return field.Name
	}
	if name == "-" {
		return ""
	}
	return name
}

func isAbsent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	}
	return v.Type() == timeType && v.Interface().(time.Time).IsZero()
}

// ---- to Go

// A value of JSON as Go has it; `name` is that of the member, which says whether text is an instant or a duration.
func native(tree any, name string) any {
	switch value := tree.(type) {
	case map[string]any:
		for member, inner := range value {
			if member == "custom" { // fields of the host's own, which may have any name and any text
				value[member] = numbers(inner)
				continue
			}
			value[member] = native(inner, member)
		}
	case []any:
		for i, inner := range value {
			value[i] = native(inner, name)
		}
	case json.Number:
		return numbers(value)
	case string:
		if _, ok := instants[name]; ok {
			if at, ok := parseInstant(value); ok {
				return at
			}
		}
		if _, ok := durations[name]; ok {
			if span, ok := parseDuration(value); ok {
				return span
			}
		}
	}
	return tree
}

// Numbers alone: an int64, or a float64 where it is none.
func numbers(tree any) any {
	switch value := tree.(type) {
	case map[string]any:
		for member, inner := range value {
			value[member] = numbers(inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = numbers(inner)
		}
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return whole
		}
		if number, err := value.Float64(); err == nil {
			return number
		}
	}
	return tree
}

func mismatch(tree any, to reflect.Value, path string) error {
	shown, _ := json.Marshal(tree)
	if len(shown) > 80 {
		shown = append(shown[:80], "..."...)
	}
	return fmt.Errorf("tocsin: %s: %s is no %s", where(path), shown, to.Type())
}

func assign(tree any, to reflect.Value, name, path string) error {
	if tree == nil {
		to.SetZero()
		return nil
	}
	if to.Kind() == reflect.Pointer {
		if to.IsNil() {
			to.Set(reflect.New(to.Type().Elem()))
		}
		return assign(tree, to.Elem(), name, path)
	}
	switch value := tree.(type) {
	case map[string]any:
		return assignObject(value, to, name, path)
	case []any:
		if to.Kind() == reflect.Slice {
			items := reflect.MakeSlice(to.Type(), len(value), len(value))
			for i, item := range value {
				if err := assign(item, items.Index(i), name, fmt.Sprintf("%s/%d", path, i)); err != nil {
					return err
				}
			}
			to.Set(items)
			return nil
		}
	case string:
		if done := assignText(value, to); done {
			return nil
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(value)
			return nil
		}
	case json.Number:
		if done := assignNumber(value, to); done {
			return nil
		}
	}
	if to.Kind() == reflect.Interface && to.NumMethod() == 0 {
		to.Set(reflect.ValueOf(native(tree, name)))
		return nil
	}
	return mismatch(tree, to, path)
}

func assignText(text string, to reflect.Value) bool {
	switch {
	case to.Type() == timeType:
		at, err := time.Parse(time.RFC3339Nano, text)
		if err == nil {
			to.Set(reflect.ValueOf(at.UTC()))
		}
		return err == nil
	case to.Type() == durationType:
		span, ok := parseDuration(text)
		if ok {
			to.SetInt(int64(span))
		}
		return ok
	case to.Kind() == reflect.String:
		to.SetString(text)
		return true
	}
	return false
}

func assignNumber(number json.Number, to reflect.Value) bool {
	switch {
	case to.Type() == durationType:
		return false
	case to.CanInt():
		whole, err := number.Int64()
		if err != nil || to.OverflowInt(whole) {
			return false
		}
		to.SetInt(whole)
		return true
	case to.CanUint():
		whole, err := number.Int64()
		if err != nil || whole < 0 || to.OverflowUint(uint64(whole)) {
			return false
		}
		to.SetUint(uint64(whole))
		return true
	case to.CanFloat():
		value, err := number.Float64()
		if err == nil {
			to.SetFloat(value)
		}
		return err == nil
	}
	return false
}

func assignObject(members map[string]any, to reflect.Value, name, path string) error {
	if to.Kind() == reflect.Struct {
		if taker, ok := to.Addr().Interface().(interface{ take(map[string]any) error }); ok {
			return taker.take(members)
		}
		for i := range to.NumField() {
			field := to.Type().Field(i)
			if field.Anonymous {
				if err := assignObject(members, to.Field(i), name, path); err != nil {
					return err
				}
				continue
			}
			member := memberName(field)
			value, there := members[member]
			if member == "" || !there {
				continue
			}
			if member == "custom" {
				value = numbers(value)
				if to.Field(i).Type() == reflect.TypeFor[map[string]any]() {
					if custom, ok := value.(map[string]any); ok {
						to.Field(i).Set(reflect.ValueOf(custom))
						continue
					}
				}
			}
			if err := assign(value, to.Field(i), member, path+"/"+member); err != nil {
				return err
			}
		}
		return nil
	}
	if to.Kind() == reflect.Map && to.Type().ConvertibleTo(reflect.TypeFor[map[string]any]()) {
		to.Set(reflect.ValueOf(native(members, name)).Convert(to.Type()))
		return nil
	}
	if to.Kind() == reflect.Interface && to.NumMethod() == 0 {
		to.Set(reflect.ValueOf(native(members, name)))
		return nil
	}
	return mismatch(members, to, path)
}

func set(names ...string) map[string]struct{} {
	all := make(map[string]struct{}, len(names))
	for _, name := range names {
		all[name] = struct{}{}
	}
	return all
}
